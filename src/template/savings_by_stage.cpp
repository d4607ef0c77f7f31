// Reads the development status of schemes, and finds weights that are given for status and risk together.
#include "template/heading_block.hpp"
#include "template/savings_scales.hpp"

#include <algorithm>
#include <set>

namespace riskshare::templates::detail {

namespace {

constexpr const char* no_status = "No status";

/// Each stage as first written, with whether it is a development status.
std::vector<std::string> stages_of(const tracker& t, bool& statuses) {
    std::vector<std::string> out;
    std::size_t known = 0;
    for (std::size_t i = 0; i < t.size(); ++i) {
        const std::string stage(t.text(i, scheme_field::stage));
        const auto same = [&](const std::string& s) {
            return riskshare::detail::folded(s) == riskshare::detail::folded(stage);
        };
        if (stage.empty() || std::any_of(out.begin(), out.end(), same)) continue;
        known += names_a_status(stage) ? 1 : 0;
        out.push_back(stage);
    }
    statuses = out.size() > 1 && 2 * known >= out.size();
    return out;
}

bool rated(const tracker& t) {
    for (std::size_t i = 0; i < t.size(); ++i) {
        const scheme s = t[i];
        if (!s.written_rating.empty() || (s.rating && *s.rating != rating::unidentified)) return true;
    }
    return false;
}

std::size_t category_of(const category_savings& in, const std::string& stage) {
    for (std::size_t c = 0; c < in.categories.size(); ++c)
        if (riskshare::detail::folded(in.categories[c]) == riskshare::detail::folded(stage)) return c;
    return in.categories.size();
}

/// A part of one, as a weight is written: 0.5 or 50%.
bool is_part(const grid& g, std::uint32_t row, std::uint32_t column) {
    if (!g.is_number(row, column)) return false;
    const result<decimal> stored = decimal_of_stored(g.text(row, column));
    const result<ratio> part = stored ? to_ratio(*stored) : result<ratio>(failure{"", ""});
    return part && !(*part < ratio(0)) && !(ratio(1) < *part);
}

/// The columns of a row that are headed high, medium and low, or by ratings.
std::vector<std::uint32_t> risks_across(const grid& g, std::uint32_t row) {
    std::vector<std::uint32_t> out;
    std::set<rating> seen;
    for (std::uint32_t c = 2; c <= g.columns(); ++c) {
        std::optional<rating> r = rating_on(savings_table::scale::delivery_risk, g.text(row, c));
        if (const result<rating> named = parse_rating(g.text(row, c)); !r && named) r = *named;
        if (r && seen.insert(*r).second) out.push_back(c);
    }
    return out;
}

bool speaks_of_weights(const grid& g, std::uint32_t last_row) {
    const auto says = [](const std::string& text) {
        const std::string words = words_of(text);
        return has_words(words, "weight") || has_words(words, "weights") || has_words(words, "weighting");
    };
    if (says(g.place().sheet())) return true;
    for (std::uint32_t row = last_row > 3 ? last_row - 3 : 1; row <= last_row; ++row)
        for (std::uint32_t c = 1; c <= g.columns(); ++c)
            if (!g.is_number(row, c) && says(g.text(row, c))) return true;
    return false;
}

} // namespace

std::optional<category_savings> savings_by_stage(const tracker& t) {
    bool statuses = false;
    category_savings out{stages_of(t, statuses)};
    if (!statuses || rated(t)) return std::nullopt;
    std::vector<std::vector<std::optional<money>>> sums; // by body and category
    for (std::size_t i = 0; i < t.size(); ++i) {
        const scheme s = t[i];
        std::string stage = s.stage;
        if (stage.empty()) stage = s.rating ? to_string(*s.rating) : no_status;
        const std::size_t category = category_of(out, stage);
        if (category == out.categories.size()) out.categories.push_back(stage);
        std::size_t body = 0;
        while (body < out.plans.size() && out.plans[body].organisation != s.organisation) ++body;
        if (body == out.plans.size()) out.plans.push_back({s.organisation, {}, {}, s.at}), sums.emplace_back();
        sums[body].resize(std::max(sums[body].size(), category + 1));
        std::optional<money>& sum = sums[body][category];
        sum = sum.value_or(money()) + planned(s);
    }
    for (std::size_t body = 0; body < out.plans.size(); ++body) {
        sums[body].resize(out.categories.size());
        for (const std::optional<money>& sum : sums[body])
            out.plans[body].amounts.push_back(sum ? cell_figure(figure(decimal(sum->pence(), -2), unit::pounds))
                                                  : cell_figure());
    }
    return out;
}

std::optional<provenance> weights_by_two(const workbook::book& book) {
    constexpr std::uint32_t rows_looked_at = 60;
    for (const std::string& name : book.sheet_names()) {
        if (book.part_of(name).find("/worksheets/") == std::string::npos) continue;
        const grid g(book.read(name), book.source().name());
        for (std::uint32_t row = 1; row <= std::min(g.rows(), rows_looked_at); ++row) {
            const std::vector<std::uint32_t> risks = risks_across(g, row);
            if (risks.size() < 2 || !speaks_of_weights(g, row)) continue;
            std::uint32_t weighed = 0;
            for (std::uint32_t r = row + 1; r <= std::min(g.rows(), row + 12); ++r) {
                const bool parts =
                    std::all_of(risks.begin(), risks.end(), [&](std::uint32_t c) { return is_part(g, r, c); });
                const std::string label = g.text(r, risks.front() - 1);
                if (parts && !label.empty() && !g.is_number(r, risks.front() - 1)) ++weighed;
            }
            if (weighed > 1) return g.at(row, risks.front());
        }
    }
    return std::nullopt;
}

} // namespace riskshare::templates::detail
