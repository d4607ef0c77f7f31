#include "template/detail/formula_faults.hpp"

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
        : sheet_(s), place_(std::move(place)), evaluate_(evaluate), out_(out) {}

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
    bool in_array(address at) const {
        for (const workbook::range& r : sheet_.array_ranges())
            if (r.contains(at)) return true;
        return false;
    }

    void look_at_formula(const cell& c) {
        ++out_.counts.formulas;
        if (in_array(c.at)) return;
        if (c.formula.size() >= 8 && riskshare::detail::folded(c.formula.substr(0, 9)) == "subtotal(")
            look_for_hidden(c);
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
            return neighbours_formula{here, &p >= &pairs[2]};
        }
        return std::nullopt;
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
        const result<workbook::formula> parsed = workbook::parse_formula(c.formula);
        if (!parsed) return;
        exact hidden;
        std::size_t rows = 0;
        for (const workbook::reference& r : parsed->references()) {
            if (!r.sheet.empty()) return;
            for (std::uint32_t row = r.cells.first.row; row <= std::min(r.cells.last.row, sheet_.used().last.row);
                 ++row) {
                if (!sheet_.row_hidden(row)) continue;
                ++rows;
                for (const cell& inner : sheet_.row(row))
                    if (r.cells.contains(inner.at) && inner.kind == cell_kind::number)
                        hidden += pounds_of(inner.text).value_or(exact());
            }
        }
        if (rows == 0 || hidden.is_zero()) return;
        finding f{"check.filtered_subtotal",
                  severity::warning,
                  "=" + std::string(c.formula) + " leaves out " + std::to_string(rows) +
                      " rows that are hidden or filtered; they hold " + to_string(hidden),
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
};

} // namespace

void find_formula_faults(const workbook::book& book, check_result& out) {
    workbook::evaluator evaluate(book);
    for (const std::string& name : book.sheet_names()) {
        if (book.part_of(name).find("/worksheets/") == std::string::npos) continue;
        const workbook::sheet sheet = book.read(name);
        sheet_faults(sheet, provenance(book.source().name(), name), evaluate, out).find();
    }
}

} // namespace riskshare::templates::detail
