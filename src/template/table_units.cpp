#include "template/table_parts.hpp"
#include "template/words/units.hpp"

#include <riskshare/accounting.hpp>
#include <riskshare/workbook/number_format.hpp>

#include <algorithm>
#include <optional>
#include <set>

namespace riskshare::templates::detail {

namespace {

constexpr std::uint32_t rows_below = 5; // of a table, in which a note on its unit may stand

/// Words that say that what follows is not money, on a line that names no unit.
bool counts_things(const std::string& text) {
    const std::string words = words_of(text);
    for (const char* says : {"number of", "no of", "count of", "percentage", "percentages", "per cent", "proportion",
                             "wte", "headcount", "% of", "share of"})
        if (has_words(words, says)) return true;
    return words.rfind("# ", 0) == 0 || words == "%";
}

} // namespace

bool counts_or_shares(const std::string& heading) {
    const std::string words = words_of(heading);
    if (heading.find('%') != std::string::npos) return true;
    for (const char* word :
         {"number", "no", "count", "schemes", "share", "percentage", "percent", "#", "weight", "weights", "weighting"})
        if (has_words(words, word)) return true;
    return false;
}

namespace {

class unit_chooser {
public:
    unit_chooser(const table_task& task, found_table& t, std::vector<finding>& findings)
        : task_(task), grid_(task.from), table_(t), findings_(findings) {
        for (const found_column& c : t.columns) left_ = std::min(left_, c.column), right_ = std::max(right_, c.column);
    }

    bool choose(const std::map<std::uint32_t, unit>& unit_row) {
        if (all_percentages()) return not_money();
        for (found_column& c : table_.columns)
            if (task_.is_amount(c)) c.unit = unit_said_for(c, unit_row);
        std::optional<around> near;
        for (found_column& c : table_.columns) {
            if (!task_.is_amount(c) || c.unit || !needs_unit(c)) continue;
            if (!near) near = around_table();
            if (near->units.size() == 1) {
                c.unit = near->units.front();
                continue;
            }
            if (near->units.size() > 1) return ambiguous(c, near->units);
            if (near->not_money) return not_money();
            c.unit = printed_unit(c.column);
            if (!c.unit) c.unit = unit_of_page_before(c);
            if (!c.unit) c.unit = task_.options.unit_if_none;
            if (!c.unit) return none(c);
        }
        for (found_column& c : table_.columns)
            if (task_.is_amount(c) && !c.unit) c.unit = unit::pounds; // every figure in it names its own
        return true;
    }

private:
    std::optional<unit> unit_said_for(const found_column& c, const std::map<std::uint32_t, unit>& unit_row) const {
        if (task_.options.map.unit) return task_.options.map.unit;
        if (const auto below = unit_row.find(c.column); below != unit_row.end()) return below->second;
        const std::vector<unit> own = units_in_heading(c);
        return own.size() == 1 ? std::optional(own.front()) : std::nullopt;
    }

    /// All lines read on, so that a unit broken over two of them ("£", "million") is read whole.
    std::vector<unit> units_in_heading(const found_column& c) const {
        std::string read_on;
        for (std::uint32_t row = task_.headings.first; row <= task_.headings.last; ++row)
            read_on += grid_.text(row, c.column) + " ";
        if (const std::optional<unit> whole = parse_unit(read_on)) return {*whole};
        return units_in(read_on);
    }

    /// Whether a figure of the column needs a unit from outside: it is not zero, and neither its text nor its row names
    /// one.
    bool needs_unit(const found_column& c) const {
        bool any = false;
        for (const found_row& r : table_.rows) {
            if (grid_.blank(r.row, c.column)) continue;
            any = true;
            if (r.unit) continue;
            const workbook::cell* cell = grid_.cell(r.row, c.column);
            if (cell->kind == workbook::cell_kind::number) return true;
            const result<written_amount> written = read_written(cell->text);
            // A bare pound sign may have been typed by habit: what stands around the table goes before it.
            const bool own = written && written->in && written->in != unit::pounds;
            const bool zero = written && written->kind == written_amount::what::amount && written->value.is_zero();
            if (!own && !zero) return true;
        }
        return !any;
    }

    template <class F>
    void for_each_number(std::uint32_t column, F f) const {
        for (const found_row& r : table_.rows)
            if (const workbook::cell* c = grid_.cell(r.row, column);
                c != nullptr && c->kind == workbook::cell_kind::number)
                f(*c, grid_.source().number_format(*c));
    }

    bool all_percentages() const {
        int percentages = 0, others = 0;
        for (const found_column& c : table_.columns)
            if (task_.is_amount(c))
                for_each_number(c.column, [&](const workbook::cell&, std::string_view format) {
                    ++(format.find('%') != std::string_view::npos ? percentages : others);
                });
        return percentages > 0 && others == 0;
    }

    /// The unit that the column's own cells print: "£4,744k" is in £000. All must print the same one.
    std::optional<unit> printed_unit(std::uint32_t column) const {
        std::set<std::optional<unit>> printed;
        for (const found_row& r : table_.rows) {
            const workbook::cell* c = grid_.cell(r.row, column);
            if (c == nullptr || !holds_amount(grid_, r.row, column)) continue;
            std::string shown(c->text);
            if (c->kind == workbook::cell_kind::number) {
                const result<std::string> text = workbook::displayed(c->text, grid_.source().number_format(*c));
                shown = text ? *text : "";
            }
            const result<written_amount> read = read_written(shown);
            if (!read || !read->value.is_zero()) printed.insert(read ? read->in : std::nullopt);
        }
        return printed.size() == 1 ? *printed.begin() : std::nullopt;
    }

    /// A long table prints its headings again on every page.
    std::optional<unit> unit_of_page_before(const found_column& c) const {
        if (task_.before == nullptr) return std::nullopt;
        const found_column* above = task_.before->column(c.field);
        return above != nullptr && above->column == c.column && above->heading == c.heading ? above->unit
                                                                                            : std::nullopt;
    }

    /// What the lines around the table say of its unit.
    struct around {
        std::vector<unit> units = {};
        bool not_money = false;
        bool said() const { return !units.empty() || not_money; }
    };

    around around_table() const {
        const std::uint32_t first = left_ > 1 ? left_ - 1 : 1, last = std::min(right_ + 1, grid_.columns());
        for (const auto& [from, to] : {std::pair(first, last), std::pair(std::uint32_t{1}, grid_.columns())}) {
            for (std::uint32_t row = task_.headings.last + 1; row-- > 1;) {
                const around said = line(row, from, to);
                if (said.said()) return with_titles_above(said, row, from, to);
                if (is_line_of_figures(row, from, to)) break; // another table begins here
            }
        }
        const std::uint32_t bottom = table_.rows.back().row;
        for (std::uint32_t row = bottom + 1; row <= std::min(grid_.rows(), bottom + rows_below); ++row)
            if (const around said = line(row, 1, grid_.columns()); !said.units.empty()) return said;
        if (const std::vector<unit> of_sheet = units_in(grid_.source().name()); !of_sheet.empty())
            return {of_sheet, false};
        return title_of_sheet();
    }

    /// What stands above the first figures of the sheet speaks of every table on it that says nothing itself.
    around title_of_sheet() const {
        for (std::uint32_t row = 1; row < task_.headings.first; ++row) {
            if (is_line_of_figures(row, 1, grid_.columns())) break;
            if (const around said = line(row, 1, grid_.columns()); !said.units.empty()) return said;
        }
        return {};
    }

    /// Every title of the table counts: "CIP £000" over "All figures in £m" is one of two units, and one of them wrong.
    around with_titles_above(around said, std::uint32_t row, std::uint32_t from, std::uint32_t to) const {
        if (said.units.empty() || row < 2) return said;
        for (const words::unit_said& above : words::units_above(grid_, row - 1, from, to))
            if (std::find(said.units.begin(), said.units.end(), above.unit) == said.units.end())
                said.units.push_back(above.unit);
        return said;
    }

    around line(std::uint32_t row, std::uint32_t from, std::uint32_t to) const {
        around out;
        for (std::uint32_t c = from; c <= to; ++c) {
            const std::string text = grid_.text(row, c);
            if (text.empty() || grid_.is_number(row, c)) continue;
            const std::vector<unit> here = words::units_of_text(text);
            for (unit u : here)
                if (std::find(out.units.begin(), out.units.end(), u) == out.units.end()) out.units.push_back(u);
            const bool of_another = row >= task_.headings.first && row <= task_.headings.last && !is_read(c);
            out.not_money = out.not_money || (here.empty() && !of_another && counts_things(text));
        }
        if (!out.units.empty()) out.not_money = false;
        return out;
    }

    bool is_read(std::uint32_t column) const {
        return std::any_of(table_.columns.begin(), table_.columns.end(),
                           [&](const found_column& c) { return c.column == column; });
    }

    /// Weights, being parts of one, are no figures of another table.
    bool is_line_of_figures(std::uint32_t row, std::uint32_t from, std::uint32_t to) const {
        int figures = 0;
        for (std::uint32_t c = from; c <= to; ++c) {
            if (!grid_.is_number(row, c)) continue;
            const result<cell_figure> f = read_amount(grid_, row, c, unit::pounds);
            if (f && money::pounds(1) < abs((*f)->value())) ++figures;
        }
        return figures > 1;
    }

    bool ambiguous(const found_column& c, const std::vector<unit>& units) {
        findings_.push_back({"table.ambiguous_unit",
                             severity::error,
                             "the table of " + task_.kind.name + " could be in " + to_string(units[0]) + " or in " +
                                 to_string(units[1]) + ": both are named beside it",
                             {grid_.at(task_.headings.last, c.column)},
                             "write the unit in the column's heading, or say it in a mapping (--map)"});
        return false;
    }

    bool none(const found_column& c) {
        findings_.push_back(
            {"table.no_unit",
             severity::error,
             "the table of " + task_.kind.name + " names no unit: is \"" + c.heading + "\" in £, £000 or £m?",
             {grid_.at(task_.headings.last, c.column)},
             "write the unit in a heading, or say it with --unit or in a mapping (--map)"});
        return false;
    }

    bool not_money() {
        findings_.push_back({"table.not_money",
                             severity::note,
                             "the table has the headings of " + task_.kind.name +
                                 ", and holds numbers of things or percentages: it was not read",
                             {table_.at()},
                             "if it is money, say its unit in a mapping (--map)"});
        return false;
    }

    const table_task& task_;
    const grid& grid_;
    found_table& table_;
    std::vector<finding>& findings_;
    std::uint32_t left_ = UINT32_MAX, right_ = 0;
};

/// More than the United Kingdom spends in a year, some £1,300bn: pounds under a title that says £m.
void say_implausible(const table_task& task, const found_table& t, std::vector<finding>& findings) {
    const exact most = exact(money::thousands(2'000'000'000));
    for (const found_column& c : t.columns) {
        if (!task.is_amount(c) || !c.unit || *c.unit == unit::pounds) continue;
        for (const found_row& r : t.rows) {
            const result<cell_figure> f = read_amount(task.from, r.row, c.column, r.unit.value_or(*c.unit));
            if (!f || !*f || !(most < abs((*f)->value()))) continue;
            findings.push_back({"table.implausible_unit",
                                severity::warning,
                                "the amount reads " + accounting((*f)->value(), *c.unit, 0) + " " + to_string(*c.unit) +
                                    ", more than any public body has",
                                {task.from.at(r.row, c.column)},
                                "correct the unit that the table names, or the amount"});
            return;
        }
    }
}

} // namespace

bool choose_units(const table_task& task, const std::map<std::uint32_t, unit>& unit_row, found_table& t,
                  std::vector<finding>& findings) {
    if (!unit_chooser(task, t, findings).choose(unit_row)) return false;
    say_implausible(task, t, findings);
    return true;
}

} // namespace riskshare::templates::detail
