// Savings by rating with the ratings down the rows, a block for each body.
#include "template/heading_block.hpp"
#include "template/savings_sheet.hpp"
#include "template/table_parts.hpp"
#include "template/tracker_context.hpp"

#include <algorithm>
#include <map>

namespace riskshare::templates::detail {

using riskshare::detail::folded;

namespace {

/// Ratings one below the other, each once, and a total below them.
struct rating_run {
    std::uint32_t column = 0;
    std::map<rating, std::uint32_t> rows = {};
    std::optional<std::uint32_t> total = {};
    std::uint32_t first = 0, last = 0;
    std::string body = {}; ///< what stands left of it, if anything
    bool of_a_list = false;
};

struct amount_column {
    std::uint32_t column = 0;
    std::vector<std::string> headings = {}; ///< the nearest first

    std::string heading() const { return headings.empty() ? "" : headings.front(); }
};

class run_finder {
public:
    run_finder(const grid& g, const read_options& o) : grid_(g), options_(o) {}

    std::vector<rating_run> find() {
        std::map<std::uint32_t, std::vector<std::uint32_t>> rated; // rows by column
        for (const workbook::cell& c : grid_.source().cells()) {
            const auto [row, column] = grid_.here(c);
            if (c.kind == workbook::cell_kind::text && rating_in(row, column)) rated[column].push_back(row);
        }
        for (const auto& [column, rows] : rated) {
            for (std::uint32_t row : rows) take(row, column);
            close();
        }
        std::erase_if(runs_, [](const rating_run& r) { return r.of_a_list; });
        return std::move(runs_);
    }

private:
    static constexpr std::uint32_t furthest = 2; ///< rows from one rating to the next

    std::optional<rating> rating_in(std::uint32_t row, std::uint32_t column) const {
        const std::string text = grid_.text(row, column);
        for (const auto& [typed, meaning] : options_.map.ratings)
            if (folded(typed) == folded(text)) return meaning;
        const result<rating> r = parse_rating(text);
        return r ? std::optional(*r) : std::nullopt;
    }

    /// What stands right before a rating, or before a blank column; a figure there is of a block beside this one.
    std::string text_left_of(std::uint32_t row, std::uint32_t column) const {
        if (column < 2) return "";
        const std::string next = grid_.heading(row, column - 1);
        if (!next.empty()) return rating_in(row, column - 1) || names_a_total(next) ? "" : next;
        const bool text = column > 2 && !grid_.is_number(row, column - 2) && !rating_in(row, column - 2);
        const std::string further = text ? grid_.heading(row, column - 2) : "";
        return names_a_total(further) ? "" : further;
    }

    void take(std::uint32_t row, std::uint32_t column) {
        const rating r = *rating_in(row, column);
        const std::string left = text_left_of(row, column);
        const bool open = now_.column == column && row - now_.last <= furthest && !now_.rows.empty();
        const bool again = open && now_.rows.count(r) != 0;
        const bool another = open && !left.empty() && left != now_.body;
        // One text after the other beside the ratings, or a rating again with nothing between: a list of things rated.
        const bool list = (another && now_.rows.size() == 1 && row == now_.last + 1) || (again && left == now_.body);
        const bool list_goes_on = (open || again) && now_.of_a_list;
        if (!open || again || another) {
            if (list) now_.of_a_list = true;
            close();
            now_ = {column, {}, {}, row, row, left, list || list_goes_on};
        }
        now_.rows[r] = row;
        now_.last = row;
    }

    void close() {
        if (now_.rows.empty()) return;
        for (std::uint32_t row = now_.last + 1; row <= now_.last + furthest; ++row)
            if (!now_.total && !grid_.is_number(row, now_.column) && names_a_total(grid_.text(row, now_.column)))
                now_.total = row;
        runs_.push_back(std::move(now_));
        now_ = {};
    }

    const grid& grid_;
    const read_options& options_;
    rating_run now_;
    std::vector<rating_run> runs_;
};

const shape& block_shape() {
    static const shape s{"savings by rating, one body a block",
                         {{"rating", {}, field::holds::label, false}, {"amount", {}, field::holds::amount, true}}};
    return s;
}

class block_reader_of_sheet {
public:
    block_reader_of_sheet(const grid& g, const read_options& o, std::vector<finding>& findings)
        : grid_(g), options_(o), findings_(findings), runs_(run_finder(g, o).find()) {}

    std::vector<savings_block> read() {
        for (std::size_t i = 0; i < runs_.size(); ++i) read(runs_[i], i);
        return std::move(out_);
    }

private:
    static constexpr std::uint32_t most_headings = 3; ///< rows above the figures

    void read(const rating_run& run, std::size_t index) {
        about_.clear();
        const std::uint32_t top = top_of(index);
        const std::vector<amount_column> columns = amounts_of(run, top);
        const bool savings = about_savings(grid_, run.last);
        if (columns.empty()) return;
        if (run.rows.size() < 2) return say_lone(run, savings);
        std::vector<std::pair<std::string, std::vector<amount_column>>> by_body;
        for (const amount_column& c : columns) {
            const std::string body = body_over(c);
            if (body.empty()) continue;
            if (by_body.empty() || by_body.back().first != body) by_body.push_back({body, {}});
            by_body.back().second.push_back(c);
        }
        if (by_body.size() < 2) {
            const std::string body = body_of(run, top, columns);
            if (body.empty()) return say_no_body(run, savings);
            by_body = {{body, columns}};
        }
        for (const auto& [body, of_body] : by_body)
            if (const std::optional<amount_column> plan = plan_of(of_body, run)) read(run, top, *plan, body);
        for (finding& f : about_) {
            if (!savings && f.severity == severity::error) f.severity = severity::note;
            findings_.push_back(std::move(f));
        }
    }

    /// The first row that may speak of a run: that below the run above it.
    std::uint32_t top_of(std::size_t index) const {
        std::uint32_t top = 1;
        for (const rating_run& r : runs_)
            if (r.last < runs_[index].first && r.column <= runs_[index].column)
                top = std::max(top, std::max(r.last, r.total.value_or(0)) + 1);
        return top;
    }

    std::vector<amount_column> amounts_of(const rating_run& run, std::uint32_t top) const {
        std::vector<amount_column> out;
        std::uint32_t blank = 0;
        for (std::uint32_t c = run.column + 1; c <= grid_.columns() && blank < 2; ++c) {
            bool any = false, percent = false, rated = false;
            for (const auto& [r, row] : run.rows) {
                any = any || holds_amount(grid_, row, c);
                rated = rated || parse_rating(grid_.text(row, c)).has_value();
                const workbook::cell* cell = grid_.cell(row, c);
                percent = percent ||
                          (cell != nullptr && grid_.source().number_format(*cell).find('%') != std::string_view::npos);
            }
            if (rated) break; // another block beside this one
            blank = any ? 0 : blank + 1;
            amount_column column{c, headings_of(run, top, c)};
            if (any && !percent && !counts_or_shares(column.heading())) out.push_back(std::move(column));
        }
        return out;
    }

    /// The texts above the figures of a run, the nearest first.
    std::vector<std::string> headings_of(const rating_run& run, std::uint32_t top, std::uint32_t column) const {
        std::vector<std::string> out;
        for (std::uint32_t up = 1; up <= most_headings && run.first >= top + up; ++up) {
            const std::uint32_t row = run.first - up;
            if (const std::string text = grid_.heading(row, column); !text.empty() && !grid_.is_number(row, column))
                out.push_back(text);
        }
        return out;
    }

    std::optional<amount_column> plan_of(const std::vector<amount_column>& columns, const rating_run& run) {
        if (const table_mapping* map = options_.map.table("savings"))
            if (const auto said = map->columns.find("amount"); said != map->columns.end())
                for (const amount_column& c : columns)
                    if (c.column == said->second) return c;
        if (columns.size() == 1) return columns.front();
        std::vector<std::pair<int, amount_column>> by_fit;
        for (const amount_column& c : columns) by_fit.emplace_back(fits_list_amount(c.heading()), c);
        std::stable_sort(by_fit.begin(), by_fit.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
        if (by_fit[0].first > by_fit[1].first) return by_fit.front().second;
        const amount_column &a = by_fit[0].second, &b = by_fit[1].second;
        about_.push_back(
            {"table.ambiguous_column",
             severity::error,
             "two columns could be the savings by rating: \"" + a.heading() + "\" and \"" + b.heading() + "\"",
             {grid_.at(run.first, a.column), grid_.at(run.first, b.column)},
             "say which in a mapping file (--map): [savings] columns = { amount = \"" + column_letters(a.column) +
                 "\" }"});
        return std::nullopt;
    }

    std::string body_in(const std::string& text) const {
        if (const auto match = options_.directory.recognise(text); match && match->how != name_match::resembles)
            return match->code;
        return organisation_in(text, options_.directory).value_or("");
    }

    /// The body that the nearest heading names, of those over the column.
    std::string body_over(const amount_column& c) const {
        for (const std::string& heading : c.headings)
            if (const std::string body = body_in(heading); !body.empty()) return body;
        return "";
    }

    std::string body_of(const rating_run& run, std::uint32_t top, const std::vector<amount_column>& columns) const {
        if (const std::string left = body_in(run.body); !left.empty()) return left;
        for (std::uint32_t row = run.first; row-- > top;) {
            std::string over, anywhere;
            bool several = false;
            for (std::uint32_t c = 1; c <= grid_.columns(); ++c) {
                const std::string body = grid_.is_number(row, c) ? "" : body_in(grid_.heading(row, c));
                if (body.empty()) continue;
                if (c + 1 >= run.column && c <= columns.back().column) over = body;
                several = several || (!anywhere.empty() && anywhere != body);
                anywhere = body;
            }
            if (!over.empty()) return over;
            if (!anywhere.empty() && !several) return anywhere;
        }
        return body_in(grid_.place().sheet());
    }

    /// One rating alone may be the state of anything.
    void say_lone(const rating_run& run, bool savings) {
        if (!savings) return;
        findings_.push_back(
            {"savings.lone_rating",
             severity::warning,
             "\"" + grid_.text(run.first, run.column) + "\" stands alone; the figure beside it was not read",
             {grid_.at(run.first, run.column)},
             "if it is savings, give the other ratings below it, blank or 0"});
    }

    void say_no_body(const rating_run& run, bool savings) {
        if (!savings) return;
        findings_.push_back({"savings.no_organisation",
                             severity::note,
                             "savings by rating were not read: nothing says whose they are",
                             {grid_.at(run.first, run.column)},
                             "name the organisation above them"});
    }

    void read(const rating_run& run, std::uint32_t top, const amount_column& column, const std::string& body) {
        found_table t{grid_, block_shape().name, top, run.first - 1, {}, {}};
        t.columns = {{"rating", run.column, ""}, {"amount", column.column, column.heading()}};
        for (std::uint32_t row = run.first; row <= run.last; ++row)
            for (const auto& [r, at] : run.rows)
                if (at == row) t.rows.push_back({row, to_string(r)});
        layout_options layout;
        layout.unit_if_none = options_.unit_if_none;
        if (const table_mapping* map = options_.map.table("savings")) layout.map.unit = map->unit;
        block headings;
        headings.first = std::min(top, run.first - 1), headings.last = run.first - 1;
        const table_task task{grid_, block_shape(), layout, headings, out_.empty() ? nullptr : &out_.back().table};
        if (!choose_units(task, {}, t, about_)) return;
        savings_plan plan;
        plan.organisation = body;
        plan.at = grid_.at(run.first, run.column);
        for (const auto& [r, row] : run.rows)
            plan.of(r) = amount_of(t, {row, body + " " + to_string(r)}, "amount", about_);
        if (run.total) plan.printed_total = amount_of(t, {*run.total, body + " total"}, "amount", about_);
        savings_table found{{std::move(plan)}};
        found.unrated = unrated_in(t, run, column.column, found.plans.front());
        out_.push_back({std::move(t), std::move(found)});
    }

    /// Amounts among the ratings under no rating; not the sum of those above them.
    std::vector<unrated_savings> unrated_in(const found_table& t, const rating_run& run, std::uint32_t column,
                                            const savings_plan& plan) {
        std::vector<unrated_savings> out;
        exact above;
        for (std::uint32_t row = run.first; row <= run.total.value_or(run.last); ++row) {
            const auto rated =
                std::find_if(run.rows.begin(), run.rows.end(), [row](const auto& r) { return r.second == row; });
            if (rated != run.rows.end()) above += value_or_zero(plan.of(rated->first));
            if (rated != run.rows.end() || row == run.total || !holds_amount(grid_, row, column)) continue;
            const std::string label = grid_.text(row, run.column);
            const cell_figure f = amount_of(t, {row, plan.organisation + " " + label}, "amount", about_);
            if (!f || f->value() == above) continue;
            out.push_back({plan.organisation, label, {label}, f->value(), {f->at()}});
        }
        return out;
    }

    const grid& grid_;
    const read_options& options_;
    std::vector<finding>& findings_;
    std::vector<finding> about_; ///< the block being read
    std::vector<rating_run> runs_;
    std::vector<savings_block> out_;
};

} // namespace

std::vector<savings_block> savings_blocks(const workbook::book& book, const read_options& options,
                                          std::vector<finding>& findings) {
    std::vector<savings_block> out;
    const table_mapping* map = options.map.table("savings");
    constexpr std::uint32_t most_rows = 5000;     // further down there are lists
    constexpr std::uint32_t most_exchanged = 500; // of ratings that stand side by side
    for (const std::string& name : book.sheet_names()) {
        if (map != nullptr && !map->sheet.empty() && map->sheet != name) continue;
        const grid g(book.read(name), book.source().name());
        if (g.rows() > most_rows) continue;
        std::vector<savings_block> blocks = block_reader_of_sheet(g, options, findings).read();
        if (blocks.empty() && g.rows() <= most_exchanged)
            blocks = block_reader_of_sheet(g.transposed(), options, findings).read();
        for (savings_block& b : blocks) out.push_back(std::move(b));
    }
    return out;
}

} // namespace riskshare::templates::detail
