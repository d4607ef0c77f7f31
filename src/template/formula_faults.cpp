#include "template/detail/formula_faults.hpp"

#include "template/check/detectors.hpp"
#include "template/range_index.hpp"
#include "template/totals/sum_formula.hpp"
#include "workbook/detail/shared_formula.hpp"

#include <riskshare/decimal.hpp>
#include <riskshare/detail/text.hpp>
#include <riskshare/workbook/formula.hpp>

#include <algorithm>
#include <cstdlib>

namespace riskshare::templates::detail {

namespace {

using workbook::address;
using workbook::cell;
using workbook::cell_kind;

std::optional<exact> pounds_of(std::string_view digits) {
    const result<decimal> d = decimal_of_stored(std::string(digits));
    if (!d) return std::nullopt;
    return exact(*d, unit::pounds);
}

class sheet_faults {
public:
    sheet_faults(const workbook::sheet& s, provenance place, workbook::evaluator& evaluate, check_result& out)
        : sheet_(s), place_(std::move(place)), evaluate_(evaluate), out_(out), arrays_(s.array_ranges()) {
        for (std::uint32_t row = s.used().first.row; row <= s.used().last.row; ++row)
            if (s.row_hidden(row)) hidden_.push_back(row);
    }

    void find() {
        for (const cell& c : sheet_.cells()) {
            if (c.has_formula) {
                look_at_formula(c);
            } else if (c.kind == cell_kind::number) {
                look_at_number(c);
            }
        }
    }

private:
    void look_at_formula(const cell& c) {
        ++out_.counts.formulas;
        if (arrays_.contains(c.at)) return;
        if (!hidden_.empty()) look_for_hidden(c);
        const workbook::recomputed r = evaluate_.check(sheet_.name(), c);
        if (r.state == workbook::freshness::not_checked) return;
        ++out_.counts.evaluated;
        if (r.state == workbook::freshness::fresh) return;
        finding f{"check.stale_value",
                  severity::error,
                  "the stored result " + std::string(c.text) + " is not what its formula =" + std::string(c.formula) +
                      " gives from the stored inputs: " + r.value,
                  {place_.at(c.at.row, c.at.column)}};
        f.advice = "open the workbook, recalculate (Ctrl+Alt+F9) and save";
        f.looks_like = resemblance::stale_value;
        if (c.kind == cell_kind::number) {
            f.verdict = verdict::real;
            f.found = pounds_of(c.text);
            f.expected = pounds_of(r.value);
            if (f.found && f.expected) f.difference = *f.found - *f.expected;
        }
        ++out_.counts.real;
        out_.findings.push_back(std::move(f));
    }

    struct neighbours_formula {
        std::string text;
        bool at_end = false; ///< both neighbours stand on the same side
    };
    /// The formula that two neighbours agree this cell should hold.
    std::optional<neighbours_formula> expected_formula(address at) const {
        const std::uint32_t row = at.row, column = at.column;
        const address pairs[][2] = {{{row, column - 1}, {row, column + 1}},
                                    {{row - 1, column}, {row + 1, column}},
                                    {{row, column - 1}, {row, column - 2}},
                                    {{row, column + 1}, {row, column + 2}}};
        for (const auto& p : pairs) {
            if (p[0].row < 1 || p[0].column < 1 || p[1].column < 1 || p[0].row > workbook::last_row ||
                p[0].column > workbook::last_column || p[1].column > workbook::last_column ||
                p[1].row > workbook::last_row)
                continue;
            const cell *a = sheet_.find(p[0]), *b = sheet_.find(p[1]);
            if (a == nullptr || b == nullptr || !a->has_formula || !b->has_formula || a->formula.empty() ||
                b->formula.empty())
                continue;
            const std::string here = workbook::detail::moved_formula(a->formula, a->at, at);
            if (here != workbook::detail::moved_formula(b->formula, b->at, at)) continue;
            if (here == a->formula) continue; // a constant says nothing about this cell
            if (stands_for_input(at, p[0], p[1])) continue;
            return neighbours_formula{here, &p >= &pairs[2]};
        }
        return std::nullopt;
    }

    enum class holds : std::uint8_t { nothing, number, formula };
    holds what_holds(std::int64_t row, std::int64_t column) const {
        if (row < 1 || column < 1 || row > workbook::last_row || column > workbook::last_column) return holds::nothing;
        const cell* c = sheet_.find({static_cast<std::uint32_t>(row), static_cast<std::uint32_t>(column)});
        if (c == nullptr || (c->kind != cell_kind::number && !c->has_formula)) return holds::nothing;
        return c->has_formula ? holds::formula : holds::number;
    }

    /// Whether numbers are typed here as a rule: in the lines next to this one, too, a number stands between (or
    /// beside) formulas that work alike; or along its own line numbers and formulas take turns.
    bool stands_for_input(address at, address one, address other) const {
        const bool along_row = one.row == at.row;
        const auto place = [&](std::int64_t along, std::int64_t across) {
            const std::int64_t row = std::int64_t{at.row} + (along_row ? across : along);
            const std::int64_t column = std::int64_t{at.column} + (along_row ? along : across);
            return what_holds(row, column);
        };
        const auto along = [&](address a) {
            return along_row ? std::int64_t{a.column} - at.column : std::int64_t{a.row} - at.row;
        };
        constexpr std::int64_t near = 3;
        const auto works_alike = [&](std::int64_t across) {
            const address there{static_cast<std::uint32_t>(along_row ? one.row + across : one.row),
                                static_cast<std::uint32_t>(along_row ? one.column : one.column + across)};
            const cell *a = sheet_.find(one), *b = sheet_.find(there);
            return workbook::detail::moved_formula(a->formula, one, there) == b->formula;
        };
        std::size_t typed = 0, formulas = 0;
        for (std::int64_t across = -near; across <= near; ++across) {
            if (across == 0 || place(along(one), across) != holds::formula || !works_alike(across)) continue;
            typed += place(0, across) == holds::number;
            formulas += place(0, across) == holds::formula;
        }
        if (typed > 0 && formulas == 0) return true;
        const bool between = along(one) == -1 && along(other) == 1;
        for (std::int64_t step : {-2, 2})
            if (between && place(step, 0) == holds::number && place(step / 2 * 3, 0) == holds::formula) return true;
        return false;
    }

    /// What a formula would read of its own sheet.
    struct inputs {
        exact least, most;
        std::size_t numbers = 0;
        const cell* figure_in_text = nullptr; ///< "2**": a figure that no formula adds up
    };
    inputs inputs_of(const workbook::formula& f) const {
        inputs in;
        for (const workbook::reference& r : f.references())
            for (std::uint32_t row = r.cells.first.row; row <= std::min(r.cells.last.row, sheet_.used().last.row);
                 ++row)
                for (const cell& c : sheet_.row(row)) {
                    if (!r.cells.contains(c.at) || !r.sheet.empty()) continue;
                    if (c.kind == cell_kind::text &&
                        std::any_of(c.text.begin(), c.text.end(), riskshare::detail::is_digit))
                        in.figure_in_text = &c;
                    const std::optional<exact> number = c.kind == cell_kind::number ? pounds_of(c.text) : std::nullopt;
                    if (!number || number->is_zero()) continue;
                    in.least = in.numbers == 0 ? *number : std::min(in.least, *number);
                    in.most = in.numbers == 0 ? *number : std::max(in.most, *number);
                    ++in.numbers;
                }
        return in;
    }

    /// At the end of a row of sums a figure that lies among its parts may be their average or median.
    static bool may_be_average(const neighbours_formula& f, const inputs& in, const std::optional<exact>& typed) {
        const bool one_sign = exact() < in.least || in.most < exact();
        return f.at_end && in.numbers >= 2 && one_sign && typed && !(*typed < in.least) && !(in.most < *typed);
    }

    void look_at_number(const cell& c) {
        const std::optional<neighbours_formula> formula = expected_formula(c.at);
        if (!formula) return;
        const result<workbook::formula> parsed = workbook::parse_formula(formula->text);
        if (!parsed) return;
        for (const workbook::reference& r : parsed->references())
            if (r.sheet.empty() && r.cells.contains(c.at)) return; // it would refer to itself
        const std::optional<std::string> gives = evaluate_.computed(sheet_.name(), formula->text);
        const inputs in = inputs_of(*parsed);
        if (!gives || may_be_average(*formula, in, pounds_of(c.text))) return;
        finding f{"check.typed_over_formula",
                  severity::warning,
                  "the number " + std::string(c.text) +
                      " is typed where its neighbours hold a formula; here it would read =" + formula->text +
                      " and give " + *gives,
                  {place_.at(c.at.row, c.at.column)}};
        f.advice = "put the formula back, or say why the number stands";
        f.looks_like = resemblance::typed_over_formula;
        if (in.figure_in_text != nullptr) {
            f.message += ", but it would leave out the text \"" + std::string(in.figure_in_text->text) + "\" in " +
                         to_string(in.figure_in_text->at);
            out_.findings.push_back(std::move(f));
            return;
        }
        f.found = pounds_of(c.text);
        f.expected = pounds_of(*gives);
        if (f.found && f.expected) {
            f.difference = *f.found - *f.expected;
            const exact size = abs(*f.found) + abs(*f.expected);
            if (sheet_.is_date(c)) {
                f.found = f.expected = f.difference = std::nullopt;
            } else if (abs(*f.difference) * ratio(1'000'000'000) > size) {
                f.severity = severity::error;
                f.verdict = verdict::real;
                ++out_.counts.real;
            } else {
                f.difference = exact();
            }
        }
        out_.findings.push_back(std::move(f));
    }

    void look_for_hidden(const cell& c) {
        // SUBTOTAL 9 counts rows that were hidden by hand; 109 counts no hidden row.
        const std::optional<sum_formula> sum = sum_formula_of(c.formula);
        if (!sum || !sum->sub_total || (!sum->visible_only && !sheet_.filtered())) return;
        exact hidden;
        std::size_t rows = 0;
        for (const added_part& p : sum->parts) {
            if (!p.sheet.empty() || !p.table.empty()) return;
            for (auto row = std::lower_bound(hidden_.begin(), hidden_.end(), p.cells.first.row);
                 row != hidden_.end() && *row <= p.cells.last.row && rows < 10'000; ++row) {
                ++rows;
                for (const cell& inner : sheet_.row(*row))
                    if (p.cells.contains(inner.at) && inner.kind == cell_kind::number)
                        hidden += pounds_of(inner.text).value_or(exact());
            }
        }
        if (rows == 0 || hidden.is_zero()) return;
        finding f{"check.filtered_subtotal",
                  severity::warning,
                  "=" + std::string(c.formula) + " leaves out " + std::to_string(rows) +
                      (rows == 1 ? " row that is hidden or filtered; it holds "
                                 : " rows that are hidden or filtered; they hold ") +
                      to_string(hidden),
                  {place_.at(c.at.row, c.at.column)}};
        f.advice = "clear the filter before taking this figure, or use SUM";
        f.looks_like = resemblance::omitted_line;
        f.difference = -hidden;
        out_.findings.push_back(std::move(f));
    }

    const workbook::sheet& sheet_;
    provenance place_;
    workbook::evaluator& evaluate_;
    check_result& out_;
    range_index arrays_;
    std::vector<std::uint32_t> hidden_; ///< rows
};

} // namespace

void find_formula_faults(const workbook::book& book, check_result& out) {
    workbook::evaluator evaluate(book);
    for (const std::string& name : book.sheet_names()) {
        if (book.part_of(name).find("/worksheets/") == std::string::npos) continue;
        const workbook::sheet sheet = book.read(name);
        const provenance place(book.source().name(), name);
        sheet_faults(sheet, place, evaluate, out).find();
        find_odd_formulas(sheet, place, evaluate, out.findings);
        find_typed_numbers(sheet, place, out.findings);
        find_other_columns(book, sheet, place, out.findings);
        find_months_twice(sheet, place, book.dates_from_1904(), out.findings);
        find_references_twice(sheet, place, out.findings);
    }
}

} // namespace riskshare::templates::detail
