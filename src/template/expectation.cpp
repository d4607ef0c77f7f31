#include <riskshare/template/expectation.hpp>

#include "template/detail/number_table.hpp"

#include <riskshare/accounting.hpp>
#include <riskshare/detail/text.hpp>
#include <riskshare/rounding_check.hpp>
#include <riskshare/workbook/formula.hpp>

namespace riskshare::templates {

namespace {

struct part {
    exact value, step;
    provenance at;
    std::string label;
    bool counted = false;
};

/// Every amount of the columns that the references touch; those within them counted.
std::vector<part> parts_of(const workbook::reference& r, const workbook::book& book, const check_options& options) {
    std::vector<part> out;
    const workbook::sheet sheet = book.read(r.sheet);
    const provenance place(book.source().name(), sheet.name());
    for (const detail::number_table& t : detail::number_tables(sheet, options.unit_if_none))
        for (std::size_t i = 0; i < t.rows.size(); ++i)
            for (std::size_t j = 0; j < t.columns.size(); ++j) {
                const workbook::address at{t.rows[i].number, t.columns[j].number};
                if (!t.cells[i][j] || at.column < r.cells.first.column || at.column > r.cells.last.column) continue;
                const detail::amount& a = *t.cells[i][j];
                out.push_back({exact(decimal(a.micro, -6), t.units[j]), exact(decimal(2 * a.half_step, -6), t.units[j]),
                               place.at(at.row, at.column), t.rows[i].label, r.cells.contains(at)});
            }
    return out;
}

} // namespace

result<expectation> check_expectation(const std::string& text, const std::vector<workbook::book>& books,
                                      const check_options& options) {
    const std::size_t equals = text.find('=');
    const failure malformed{"expect.malformed", "\"" + text + "\" is no expectation; write £15.26m='Sheet'!E7:E10"};
    if (equals == std::string::npos) return malformed;
    std::string amount = riskshare::detail::plain(text.substr(0, equals));
    result<written_amount> stated = read_written(amount);
    if (!stated || stated->kind != written_amount::what::amount) stated = read_written("£" + amount);
    if (!stated || stated->kind != written_amount::what::amount) return malformed;
    const result<workbook::formula> formula = workbook::parse_formula(text.substr(equals + 1));
    if (!formula) return malformed;
    const unit u = stated->in.value_or(unit::pounds);
    std::vector<part> parts;
    for (const workbook::reference& r : formula->references())
        for (const workbook::book& b : books)
            if (b.has(r.sheet)) {
                for (part& p : parts_of(r, b, options)) parts.push_back(std::move(p));
                break;
            }
    printed_table table;
    const std::size_t total =
        table.add({amount, exact(stated->value, u), exact(decimal(1, -stated->value.places()), u)});
    relation rel{"stated", {{total, ratio(-1)}}};
    finding f{"check.expectation", severity::error, "", {}};
    for (const part& p : parts)
        if (p.counted) {
            rel.terms.push_back({table.add({p.label, p.value, p.step, p.at}), ratio(1)});
            if (f.at.size() < 12) f.at.push_back(p.at);
        }
    if (rel.terms.size() == 1)
        return failure{"expect.no_cells", "\"" + text + "\" names no amounts in the files that were given"};
    table.relate(rel);
    expectation out;
    out.verdict = prove_rounding(table, halves::unknown).verdict;
    if (out.verdict != verdict::real) return out;
    const exact gap = printed_gap(table, rel), slack = rounding_slack(table, rel);
    f.found = exact(stated->value, u);
    f.difference = -gap;
    f.expected = *f.found + gap;
    f.verdict = verdict::real;
    f.message = "the text says " + amount + ", the cells add up to " + to_string(*f.expected) + ": " +
                to_string(abs(gap)) + " apart, which rounding does not explain";
    for (const part& p : parts) {
        const exact with = p.counted ? gap - p.value : gap + p.value;
        if (p.value.is_zero() || abs(with) > slack + p.step / ratio(2)) continue;
        f.message +=
            std::string("; it would agree ") + (p.counted ? "without " : "with ") + p.label + " (" + p.at.cell() + ")";
        f.at.push_back(p.at);
        f.looks_like = p.counted ? resemblance::omitted_line : resemblance::double_counted_line;
        break;
    }
    f.advice = "correct the text, or say what it includes";
    out.finding = std::move(f);
    return out;
}

} // namespace riskshare::templates
