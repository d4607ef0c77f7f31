// Reading savings by delivery risk, delivery confidence and development status.
#include "template/savings_scales.hpp"

#include "template/heading_block.hpp"
#include "template/table_parts.hpp"
#include "template/words/vocabulary.hpp"

#include <algorithm>

namespace riskshare::templates::detail {

using riskshare::detail::folded;
using scale = savings_table::scale;

namespace {

const shape& delivery_shape() {
    static const shape s = [] {
        shape of = savings_shape();
        of.name = "savings by delivery risk";
        for (field& f : of.fields) {
            if (f.id == "red") f.headings = {"high", "high risk", "high confidence"};
            if (f.id == "amber") f.headings = {"medium", "med", "moderate", "medium risk", "medium confidence"};
            if (f.id == "green") f.headings = {"low", "low risk", "low confidence"};
            // In a table turned round the scale's name stands over the labels.
            if (f.id == "organisation") f.weaker = {"delivery risk", "delivery confidence"};
            if (f.id == "risk")
                std::erase_if(f.headings, [](const std::string& h) {
                    return h == "delivery risk" || h == "risk to delivery" || h == "risk";
                });
        }
        return of;
    }();
    return s;
}

const shape& status_shape() {
    using holds = field::holds;
    static const shape s = [] {
        shape of{"savings by development status", {savings_shape().fields.front()}};
        field status{"status", {}, holds::amount, true};
        status.weaker = {"fully developed",   "developed",        "in development", "under development",
                         "plans in progress", "plan in progress", "in progress",    "opportunity",
                         "opportunities",     "unidentified",     "not identified", "identified",
                         "in delivery",       "delivering",       "delivered",      "not yet started",
                         "not started",       "pipeline",         "idea",           "ideas",
                         "concept",           "scoping",          "scoped",         "mobilising",
                         "mobilisation",      "implemented",      "implementation", "gateway",
                         "outline plan",      "high level plan",  "in planning",    "planning"};
        status.by_parts = true;
        of.fields.push_back(std::move(status));
        for (const field& f : savings_shape().fields)
            if (f.id == "total") of.fields.push_back(f);
        return of;
    }();
    return s;
}

/// The texts that may say of which scale a table is: its headings, the lines above it from the nearest on, the sheet.
std::optional<scale> scale_of(const found_table& t) {
    for (std::uint32_t row = t.last_heading; row > 0; --row) {
        std::string line;
        for (std::uint32_t c = 1; c <= t.grid.columns(); ++c) {
            const found_column* risk = t.column("risk");
            if (t.grid.is_number(row, c) || (risk != nullptr && risk->column == c)) continue;
            line += " " + t.grid.text(row, c);
        }
        if (const std::optional<scale> named = scale_named(line)) return named;
    }
    return scale_named(t.grid.place().sheet());
}

void say_unscaled(const found_table& t, std::vector<finding>& findings) {
    findings.push_back({"savings.high_or_low",
                        severity::error,
                        "savings are headed High, Medium and Low: is that the risk that they are not delivered, or the "
                        "confidence that they are? The table was not read",
                        {t.at()},
                        "write \"delivery risk\" or \"delivery confidence\" into its title or the sheet's name"});
}

/// What is headed by neither status, nor label, nor total: a status that we do not know, or a figure of another kind.
bool may_be_a_status(const found_table& t, const found_column& c, std::uint32_t first, std::uint32_t last) {
    const std::string words = words_of(c.heading);
    for (const char* other : {"plan", "actual", "forecast", "variance", "target", "budget", "total", "risk", "ytd"})
        if (has_words(words, other)) return false;
    const bool among = c.column > first && c.column < last;
    return c.field.empty() && among && !counts_or_shares(c.heading) &&
           holds_amount(t.grid, t.rows.front().row, c.column);
}

category_plan status_row(const found_table& t, const found_row& row, const std::vector<found_column>& statuses,
                         std::vector<finding>& findings) {
    category_plan p;
    p.at = t.grid.at(row.row, t.column("organisation")->column);
    for (const found_column& c : statuses) {
        found_column column = c;
        if (!column.unit) column.unit = t.column("status")->unit;
        p.amounts.push_back(amount_in(t, row, column, findings));
    }
    p.printed_total = amount_of(t, row, "total", findings);
    return p;
}

std::vector<found_column> statuses_of(const found_table& t, std::vector<finding>& findings) {
    std::uint32_t last = 0;
    for (const found_column& c : t.columns)
        if (c.field == "status" || c.field == "total") last = std::max(last, c.column);
    std::vector<found_column> out;
    for (const found_column& c : t.columns)
        if (c.field == "status" || may_be_a_status(t, c, t.column("organisation")->column, last))
            out.push_back(c);
        else if (c.field.empty())
            note_unread(t, c, findings);
    std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.column < b.column; });
    return out;
}

category_savings status_of(const found_table& t, const read_options& options, std::vector<finding>& findings) {
    category_savings out;
    const std::vector<found_column> statuses = statuses_of(t, findings);
    for (const found_column& c : statuses) out.categories.push_back(riskshare::detail::plain(c.heading));
    for (const found_row& row : t.rows) {
        if (row.kind == row_kind::of_which) continue;
        const bool is_total = row.kind == row_kind::total;
        if (is_total && !sums_all(t, row, options, findings)) continue;
        category_plan p = status_row(t, row, statuses, findings);
        p.organisation = is_total ? row.label : organisation_of(t, row, options, findings);
        (is_total ? out.printed_totals : out.plans).push_back(std::move(p));
    }
    return out;
}

} // namespace

std::optional<scale> scale_named(const std::string& text) {
    const std::string words = words_of(text);
    const bool risk = has_words(words, "risk"), confidence = has_words(words, "confidence");
    if (risk == confidence) return std::nullopt;
    return risk ? scale::delivery_risk : scale::delivery_confidence;
}

std::optional<rating> rating_on(scale s, const std::string& text) {
    std::string word = folded(text);
    for (const char* more : {" risk", " confidence", " delivery"})
        if (word.size() > std::string(more).size() && word.ends_with(more))
            word.erase(word.size() - std::string(more).size());
    if (word == "med" || word == "m" || word == "moderate") word = "medium";
    if (word == "h") word = "high";
    if (word == "l") word = "low";
    if (s == scale::rating) return std::nullopt;
    for (rating r : {rating::red, rating::amber, rating::green})
        if (word == name_in(s, r)) return r;
    return std::nullopt;
}

bool names_a_status(const std::string& text) {
    const std::vector<field>& fields = status_shape().fields;
    const auto status = std::find_if(fields.begin(), fields.end(), [](const field& f) { return f.id == "status"; });
    return fit(text, *status) >= least_fit;
}

std::vector<scaled_savings> savings_by_delivery(const workbook::book& book, const read_options& options,
                                                std::vector<finding>& findings) {
    std::vector<finding> about;
    std::vector<scaled_savings> out;
    for (found_table& t : tables_of(book, delivery_shape(), "savings", options, about)) {
        if (options.map.table("savings") == nullptr && !about_savings(t.grid, t.rows.back().row)) {
            findings.push_back(not_said_to_be_savings(t.at()));
            continue;
        }
        const std::optional<scale> of = scale_of(t);
        if (!of) {
            say_unscaled(t, findings);
            continue;
        }
        std::optional<sourced_weights> weights;
        savings_table read = savings_of(t, options, weights, findings);
        read.by = *of;
        if (*of == scale::delivery_confidence)
            for (auto* rows : {&read.plans, &read.printed_totals})
                for (savings_plan& p : *rows) std::swap(p.of(rating::red), p.of(rating::green));
        out.push_back({std::move(t), std::move(read)});
    }
    for (finding& f : about) {
        const bool savings =
            !f.at.empty() && about_savings(grid(book.read(f.at.front().sheet()), ""), f.at.front().row());
        if (savings) findings.push_back(std::move(f));
    }
    return out;
}

/// "UHL RED", "Amber": a column of ratings, each body with columns of its own, is not one of statuses.
bool names_a_rating(const found_column& c) {
    const std::vector<std::string> said = words::words_of_text(c.heading);
    return std::any_of(ratings.begin(), ratings.end(), [&](rating r) {
        return r != rating::unidentified && std::find(said.begin(), said.end(), to_string(r)) != said.end();
    });
}

std::vector<status_savings> savings_by_status(const workbook::book& book, const read_options& options,
                                              std::vector<finding>& findings) {
    std::vector<finding> about;
    std::vector<status_savings> out;
    read_options any_unit = options; // what no unit is known of is judged before it is refused
    if (!any_unit.unit_if_none) any_unit.unit_if_none = unit::pounds;
    const auto believed = [&](const found_table& t) {
        return !t.rows.empty() && about_savings(t.grid, t.rows.back().row) &&
               std::none_of(t.columns.begin(), t.columns.end(), names_a_rating) &&
               std::count_if(t.columns.begin(), t.columns.end(),
                             [](const found_column& c) { return c.field == "status"; }) >= 2;
    };
    const std::vector<found_table> likely = tables_of(book, status_shape(), "status", any_unit, about);
    if (std::none_of(likely.begin(), likely.end(), believed)) return out;
    about.clear();
    for (found_table& t : tables_of(book, status_shape(), "status", options, about)) {
        if (!believed(t)) continue;
        category_savings read = status_of(t, options, findings);
        if (!read.plans.empty()) out.push_back({std::move(t), std::move(read)});
    }
    for (finding& f : about)
        if (std::any_of(likely.begin(), likely.end(), [&](const found_table& t) {
                return believed(t) && !f.at.empty() && f.at.front().sheet() == t.grid.place().sheet();
            }))
            findings.push_back(std::move(f));
    return out;
}

category_weights listed_weights(const workbook::book& book) {
    constexpr std::uint32_t far_enough = 30;
    category_weights out;
    for (const std::string& name : book.sheet_names()) {
        if (book.part_of(name).find("/worksheets/") == std::string::npos) continue;
        const grid g(book.read(name), book.source().name());
        for (const workbook::cell& heading : g.source().cells()) {
            if (heading.kind != workbook::cell_kind::text || heading.text.size() > 40) continue;
            const std::string words = words_of(heading.text);
            if (!has_words(words, "weight") && !has_words(words, "weights") && !has_words(words, "weighting")) continue;
            const std::uint32_t column = heading.at.column;
            for (std::uint32_t row = heading.at.row + 1; row <= std::min(g.rows(), heading.at.row + far_enough);
                 ++row) {
                const result<decimal> stored = decimal_of_stored(g.text(row, column));
                if (!stored || !g.is_number(row, column)) continue;
                const result<ratio> part = to_ratio(*stored);
                if (!part || *part < ratio(0) || ratio(1) < *part) continue;
                for (std::uint32_t left = column; left-- > 1;)
                    if (!g.is_number(row, left) && !g.text(row, left).empty()) {
                        if (out.weights.empty()) out.source = to_string(g.at(row, column));
                        out.weights.emplace_back(g.text(row, left), *part);
                        break;
                    }
            }
        }
    }
    return out;
}

} // namespace riskshare::templates::detail
