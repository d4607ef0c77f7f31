// What the lines of a statement add: by their formulas, else by their figures.
#include "template/statement_draft.hpp"

#include <riskshare/detail/footing.hpp>
#include <riskshare/workbook/formula.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <optional>

namespace riskshare::templates::detail {

namespace {

/// How the parts of a typed total are added: all; spending taken off; all but income taken off; or income taken off, as
/// "net expenditure" does.
enum class adding : std::uint8_t { all, less_spending, less_all_but_income, less_income };
constexpr adding ways_of_adding[] = {adding::all, adding::less_spending, adding::less_all_but_income,
                                     adding::less_income};

class sum_finder {
public:
    explicit sum_finder(statement_draft& d) : draft_(d), table_(d.table) {
        for (std::size_t i = 0; i < d.rows.size(); ++i) line_of_row_[d.rows[i]] = i;
    }

    void find() {
        glance_at_figures();
        for (std::size_t i = 0; i < draft_.lines.size(); ++i)
            if (!add_by_formula(i)) add_by_figures(i);
        for (std::size_t i = draft_.lines.size(); i-- > 0;) add_open_below(i);
        for (std::size_t i = 0; i < draft_.lines.size(); ++i) add_lines_below(i);
        for (const std::size_t line : without_parts_) say_unknown(line);
    }

private:
    bool add_by_formula(std::size_t line) {
        for (const pair_of_columns& p : pairs_of_columns)
            for (const char* field : {p.actual, p.plan}) {
                if (!holds_formula(table_, draft_.rows[line], field)) continue;
                const std::uint32_t column = table_.column(field)->column;
                const auto rows = rows_added(table_.grid.cell(draft_.rows[line], column)->formula, column);
                if (!rows) continue;
                std::vector<std::size_t>& adds = draft_.lines[line].adds;
                for (const added_row& r : *rows) {
                    const auto found = line_of_row_.find(r.row);
                    if (found == line_of_row_.end() || found->second == line) continue;
                    const std::vector<std::size_t>& back = draft_.lines[found->second].adds;
                    if (std::count(back.begin(), back.end(), line) != 0) continue;
                    adds.push_back(found->second);
                    draft_.signs[line].push_back(r.sign);
                }
                if (!adds.empty()) {
                    note_added(line);
                    return true;
                }
            }
        return false;
    }

    /// A typed line that no total counts, and that is the sum of lines right below it, is their sub-total.
    void add_lines_below(std::size_t line) {
        if (draft_.added[line] || draft_.lines[line].is_sub_total()) return;
        constexpr std::size_t most_below = 8;
        const std::size_t left = draft_.lines.size() - line - 1;
        for (std::size_t count = std::min(most_below, left); count >= 2; --count) {
            std::vector<std::size_t> parts;
            for (std::size_t i = line + 1; i <= line + count; ++i) parts.push_back(i);
            const bool all_counted =
                std::all_of(parts.begin(), parts.end(), [&](std::size_t p) { return draft_.added[p]; });
            const std::optional<std::vector<int>> signs = all_counted ? signs_below(line, parts) : std::nullopt;
            if (!signs) continue;
            take_parts(line, parts, *signs);
            return;
        }
    }

    /// A typed line above its parts: it counts the lines right below it that nothing has added yet, when every one of
    /// its figures is their sum. Asked from the last line up, so that parts which are totals above theirs come first.
    void add_open_below(std::size_t line) {
        const position_line& l = draft_.lines[line];
        const bool total = draft_.sounds_like_a_total(l.label);
        if (draft_.added[line] || l.is_sub_total() || (!total && !l.organisation.empty())) return;
        std::vector<std::size_t> open;
        for (std::size_t i = line + 1; i < draft_.lines.size(); ++i)
            if (!draft_.added[i] && !reaches_up(i, line)) open.push_back(i);
        for (const adding how : ways_of_adding) {
            if (how != adding::all && !may_subtract(line)) break;
            for (std::size_t count = open.size(); count >= 2; --count) {
                const std::vector<std::size_t> parts(open.begin(), open.begin() + static_cast<std::ptrdiff_t>(count));
                const std::optional<std::vector<int>> signs = signs_of(parts, how);
                if (!signs || several_amounts(parts) < 2 || !is_sum(l, parts, *signs)) continue;
                take_parts(line, parts, *signs);
                return;
            }
        }
    }

    bool reaches_up(std::size_t i, std::size_t line) const {
        return std::any_of(draft_.lines[i].adds.begin(), draft_.lines[i].adds.end(),
                           [line](std::size_t part) { return part <= line; });
    }

    /// How many of the lines hold an amount other than nil: a line and nils beside it are no sum.
    std::size_t several_amounts(const std::vector<std::size_t>& parts) const {
        const auto stands = [](const cell_figure& f) { return f && !f->written().is_zero(); };
        return static_cast<std::size_t>(std::count_if(parts.begin(), parts.end(), [&](std::size_t part) {
            return std::any_of(std::begin(pairs_of_columns), std::end(pairs_of_columns), [&](const auto& p) {
                const plan_and_actual& f = draft_.lines[part].*p.in_line;
                return stands(f.plan) || stands(f.actual);
            });
        }));
    }

    /// A sub-total above its lines takes those below it, and is no part of them.
    bool reaches_down(std::size_t i, std::size_t line) const {
        return std::any_of(draft_.lines[i].adds.begin(), draft_.lines[i].adds.end(),
                           [line](std::size_t part) { return part >= line; });
    }

    std::vector<std::size_t> open_before(std::size_t line) const {
        std::vector<std::size_t> open;
        for (std::size_t i = 0; i < line; ++i)
            if (!draft_.added[i] && !reaches_down(i, line)) open.push_back(i);
        return open;
    }

    /// A typed total: the last lines that nothing has added yet, when every one of its figures is their sum.
    void add_by_figures(std::size_t line) {
        const position_line& l = draft_.lines[line];
        const bool total = draft_.sounds_like_a_total(l.label);
        if (!total && !l.organisation.empty()) return;
        const std::vector<std::size_t> open = open_before(line);
        if (take_sum(line, open)) return;
        if (!total || open.empty()) return;
        if (!take_with_sub_totals_above(line, open)) without_parts_.push_back(line);
    }

    void say_unknown(std::size_t line) {
        if (draft_.lines[line].is_sub_total()) return;
        draft_.lines[line].adds_unknown = true;
        draft_.findings.push_back({"position.sub_total_unknown",
                                   severity::warning,
                                   "\"" + draft_.lines[line].label +
                                       "\" looks like a total but has no formula and does not equal the lines above, "
                                       "so it was left out of every sum",
                                   {draft_.places[line].actual},
                                   "give it a formula, or correct the line that is wrong"});
    }

    bool take_sum(std::size_t line, const std::vector<std::size_t>& open) {
        for (const adding how : ways_of_adding) {
            if (how != adding::all && !may_subtract(line)) break;
            for (const std::size_t count : counts_tried(draft_.lines[line], open)) {
                const std::vector<std::size_t> parts(open.end() - static_cast<std::ptrdiff_t>(count), open.end());
                const std::optional<std::vector<int>> signs = signs_of(parts, how);
                if (!signs || !is_sum(draft_.lines[line], parts, *signs)) continue;
                take_parts(line, parts, *signs);
                return true;
            }
        }
        return false;
    }

    /// Only a result is a difference of lines; any other line may come out as one, as each of three parts of a sum
    /// does.
    bool may_subtract(std::size_t line) const {
        const std::string& label = draft_.lines[line].label;
        const std::vector<std::string> words = words::words_of_text(label);
        return draft_.sounds_like_a_total(label) || std::find(words.begin(), words.end(), "net") != words.end();
    }

    void take_parts(std::size_t line, const std::vector<std::size_t>& parts, const std::vector<int>& signs) {
        position_line& l = draft_.lines[line];
        l.adds = parts;
        draft_.signs[line] = signs;
        note_added(line);
        const std::string& first = draft_.lines[parts.front()].label;
        draft_.findings.push_back({"position.sub_total_typed",
                                   severity::note,
                                   "\"" + l.label + "\" is typed, and was read as " +
                                       (parts.size() == 1 ? "the total of \"" + first + "\" alone"
                                                          : "the sum of the " + std::to_string(parts.size()) +
                                                                " lines from \"" + first + "\" on") +
                                       ", because its figures are",
                                   {draft_.places[line].actual}});
    }

    /// Nothing where that way of adding is the first over again.
    std::optional<std::vector<int>> signs_of(const std::vector<std::size_t>& parts, adding how) const {
        std::vector<int> signs(parts.size(), 1);
        if (how == adding::all) return signs;
        std::size_t off = 0;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const bool spending = draft_.is_spending(parts[i]);
            const bool income = draft_.said[parts[i]] == line_words::income;
            const bool taken_off = how == adding::less_spending ? spending
                                   : how == adding::less_all_but_income
                                       ? draft_.said[parts[i]] != line_words::result && !comes_to_income(parts[i])
                                       : income;
            if (taken_off) signs[i] = -1, ++off;
        }
        if (off == 0 || off == parts.size()) return std::nullopt;
        return signs;
    }

    /// Whether every line that a sub-total adds is income by its words.
    bool comes_to_income(std::size_t line, std::size_t depth = 0) const {
        const std::vector<std::size_t>& adds = draft_.lines[line].adds;
        if (adds.empty() || depth > draft_.lines.size()) return draft_.said[line] == line_words::income;
        return std::all_of(adds.begin(), adds.end(),
                           [&](std::size_t part) { return comes_to_income(part, depth + 1); });
    }

    /// Two lines and more; one alone only for what is called a total, and only where no more of them are its sum.
    static std::vector<std::size_t> counts_tried(const position_line& l, const std::vector<std::size_t>& open) {
        std::vector<std::size_t> counts;
        for (std::size_t count = 2; count <= open.size(); ++count) counts.push_back(count);
        if (!open.empty() && names_a_total(l.label)) counts.push_back(1);
        return counts;
    }

    /// A total that counts only the first of "Systems", "ICBs", "Providers": typed sub-totals stand above their lines.
    bool take_with_sub_totals_above(std::size_t line, const std::vector<std::size_t>& open) {
        struct sub_total {
            std::size_t line;
            std::vector<std::size_t> parts;
            std::vector<int> signs;
        };
        std::vector<sub_total> found;
        std::vector<std::size_t> left;
        for (std::size_t at = 0; at < open.size(); ++at) {
            left.push_back(open[at]);
            constexpr std::size_t most_below = 8;
            for (std::size_t count = std::min(most_below, open.size() - at - 1); count >= 2; --count) {
                const auto from = open.begin() + static_cast<std::ptrdiff_t>(at) + 1;
                std::vector<std::size_t> parts(from, from + static_cast<std::ptrdiff_t>(count));
                const std::optional<std::vector<int>> signs = signs_below(open[at], parts);
                if (!signs) continue;
                found.push_back({open[at], std::move(parts), *signs});
                at += count;
                break;
            }
        }
        if (found.empty() || !take_sum(line, left)) return false;
        for (const sub_total& s : found) take_parts(s.line, s.parts, s.signs);
        return true;
    }

    std::optional<std::vector<int>> signs_below(std::size_t line, const std::vector<std::size_t>& parts) const {
        for (const adding how : {adding::all, adding::less_income}) {
            std::optional<std::vector<int>> signs = signs_of(parts, how);
            if (signs && is_sum(draft_.lines[line], parts, *signs)) return signs;
        }
        return std::nullopt;
    }

    /// A figure as a binary number, which tells at a glance most sums that do not hold.
    struct glance {
        bool stated = false;
        double value = 0, half_step = 0;
    };
    using glances = std::array<glance, 2 * std::size(pairs_of_columns)>;

    void glance_at_figures() {
        for (const position_line& l : draft_.lines) {
            glances& here = glances_.emplace_back();
            std::size_t k = 0;
            for (const pair_of_columns& p : pairs_of_columns)
                for (auto of : {&plan_and_actual::plan, &plan_and_actual::actual}) {
                    const cell_figure& f = (l.*p.in_line).*of;
                    if (f) {
                        const int power = power_of_ten(f->unit());
                        here[k] = {true,
                                   static_cast<double>(f->written().coefficient()) *
                                       std::pow(10.0, f->written().exponent() + power),
                                   0.5 * std::pow(10.0, power - f->places())};
                    }
                    ++k;
                }
        }
    }

    /// False only where the exact sum is further off than rounding explains.
    bool may_be_sum(std::size_t line, const std::vector<std::size_t>& parts, const std::vector<int>& signs) const {
        for (std::size_t k = 0; k < glances_[line].size(); ++k) {
            const glance& stated = glances_[line][k];
            if (!stated.stated) continue;
            double sum = 0, gross = std::fabs(stated.value);
            for (std::size_t i = 0; i < parts.size(); ++i) {
                const double value = glances_[parts[i]][k].value;
                sum += signs[i] * value;
                gross += std::fabs(value);
            }
            const double room = static_cast<double>(parts.size() + 1) * stated.half_step;
            if (std::fabs(sum - stated.value) > 1.001 * room + 1e-9 * gross) return false;
        }
        return true;
    }

    bool is_sum(const position_line& l, const std::vector<std::size_t>& parts, const std::vector<int>& signs) const {
        if (!may_be_sum(static_cast<std::size_t>(&l - draft_.lines.data()), parts, signs)) return false;
        int figures = 0;
        for (const pair_of_columns& p : pairs_of_columns)
            for (auto of : {&plan_and_actual::plan, &plan_and_actual::actual}) {
                const cell_figure& stated = (l.*p.in_line).*of;
                if (!stated) continue;
                std::vector<figure> added;
                for (std::size_t i = 0; i < parts.size(); ++i)
                    if (const cell_figure& f = (draft_.lines[parts[i]].*p.in_line).*of)
                        added.push_back(signs[i] < 0 ? figure(-f->written(), f->unit(), f->at(), f->places()) : *f);
                std::vector<finding> differences;
                riskshare::detail::check_footing("", "", *stated, added, differences);
                if (has_errors(differences)) return false;
                ++figures;
            }
        return figures >= 2;
    }

    void note_added(std::size_t line) {
        for (const std::size_t part : draft_.lines[line].adds) draft_.added[part] = true;
    }

    statement_draft& draft_;
    const found_table& table_;
    std::map<std::uint32_t, std::size_t> line_of_row_;
    std::vector<std::size_t> without_parts_; ///< called totals, and not the sum of the lines above
    std::vector<glances> glances_;           ///< by line
};

void work_out(statement_draft& d, std::size_t line, const pair_of_columns& p, cell_figure plan_and_actual::*of,
              const char* field) {
    exact sum;
    for (const std::size_t part : d.lines[line].adds) sum += value_or_zero((d.lines[part].*p.in_line).*of);
    const found_column* c = d.table.column(field);
    (d.lines[line].*p.in_line).*of = worked_out(sum, *c->unit, d.table.grid.at(d.rows[line], c->column));
}

} // namespace

void find_sums(statement_draft& d) { sum_finder(d).find(); }

void work_out_totals(statement_draft& d) {
    for (std::size_t again = 0; again < d.lines.size(); ++again)
        for (std::size_t i = 0; i < d.lines.size(); ++i)
            for (const pair_of_columns& p : pairs_of_columns) {
                if (d.lines[i].adds.empty()) continue;
                if (not_calculated(d.table, d.rows[i], p.plan)) work_out(d, i, p, &plan_and_actual::plan, p.plan);
                if (not_calculated(d.table, d.rows[i], p.actual)) work_out(d, i, p, &plan_and_actual::actual, p.actual);
            }
    for (std::size_t i = 0; i < d.lines.size(); ++i)
        for (const pair_of_columns& p : pairs_of_columns)
            for (const char* field : {p.plan, p.actual})
                if (d.lines[i].adds.empty() && not_calculated(d.table, d.rows[i], field))
                    d.findings.push_back(without_result(d.table, d.rows[i], field));
}

} // namespace riskshare::templates::detail
