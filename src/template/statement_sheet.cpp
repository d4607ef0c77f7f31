// Statements: the rows of a table of plan and actual as lines, with their natures, remarks and headings.
#include "template/printed_variances.hpp"
#include "template/result_tables.hpp"
#include "template/statement_draft.hpp"

#include <algorithm>
#include <memory>

namespace riskshare::templates::detail {

using riskshare::detail::folded;
using words::term;

std::string text_in(const found_table& t, std::uint32_t row, std::string_view wanted) {
    const found_column* c = t.column(wanted);
    return c == nullptr ? "" : t.grid.text(row, c->column);
}

provenance place_in(const found_table& t, std::uint32_t row, std::string_view wanted) {
    const found_column* c = t.column(wanted);
    return c == nullptr ? t.grid.place() : t.grid.at(row, c->column);
}

cell_figure figure_in(const found_table& t, std::uint32_t row, std::string_view wanted,
                      std::vector<finding>& findings) {
    const found_column* column = t.column(wanted);
    if (column == nullptr || !column->unit) return {};
    const result<cell_figure> f = read_amount(t.grid, row, column->column, *column->unit);
    if (f) return *f;
    findings.push_back(unread_figure(f.why()));
    return {};
}

std::string body_named(const std::string& name, const read_options& options, const finance_report& report) {
    for (const auto& [typed, code] : options.map.organisations)
        if (folded(typed) == folded(name)) return code;
    const std::optional<organisation_match> match = options.directory.recognise(name);
    if (!match || match->how != name_match::exact) return name;
    if (!report.year || !report.month) return match->code;
    return options.directory.standing(match->code, {*report.year, *report.month});
}

std::string body_at(const std::string& name, const provenance& at, const read_options& options,
                    const finance_report& report, std::vector<finding>& findings) {
    const std::string body = body_named(name, options, report);
    const std::optional<organisation_match> match = options.directory.recognise(name);
    if (body != name || !match || match->how != name_match::resembles) return body;
    findings.push_back({"organisation.resembles",
                        severity::warning,
                        "\"" + name + "\" was read as " + match->code + ": it resembles \"" + match->name + "\"",
                        {at},
                        "correct the name, or confirm it under [organisations] in a mapping file (--map)"});
    return body_named(match->code, options, report);
}

line_words words_of_line(const words::vocabulary& vocabulary, const std::string& label) {
    const words::term_set said = vocabulary.terms_in(label);
    if (said.has(term::misalignment)) return line_words::misalignment;
    if (said.has_any({term::result, term::adjusted_performance})) return line_words::result;
    if (said.has(term::spending)) return line_words::spending;
    if (said.has_any({term::income, term::deficit_support})) return line_words::income;
    // "Acute trust" is a body, not what is spent on acute services.
    const bool area = said.has(term::programme_area) && !said.has(term::body);
    return area ? line_words::area : line_words::nothing;
}

bool statement_draft::sounds_like_a_total(const std::string& label) const {
    return names_a_total(label) || words_of_line(vocabulary, label) == line_words::result;
}

bool statement_draft::is_spending(std::size_t line, std::size_t depth) const {
    if (depth > lines.size()) return false; // it adds itself, which the statement refuses
    if (said[line] == line_words::spending) return true;
    if (said[line] == line_words::income || said[line] == line_words::result) return false;
    if (lines[line].adds.empty()) return said[line] == line_words::area;
    bool any = false;
    for (const std::size_t part : lines[line].adds) {
        if (said[part] == line_words::income || said[part] == line_words::result) return false;
        any = any || is_spending(part, depth + 1);
    }
    return any;
}

namespace {

line_nature nature_by(line_words w) {
    switch (w) {
    case line_words::income:
        return line_nature::income;
    case line_words::spending:
        return line_nature::expenditure;
    case line_words::misalignment:
        return line_nature::misalignment;
    default:
        return line_nature::result;
    }
}

/// "UHL Outside System Income" is UHL's: the longest beginning of the label that is surely a body's name.
std::string owner_of(const std::string& label, const read_options& options, const finance_report& report) {
    for (std::size_t end = label.size(); end != 0 && end != std::string::npos; end = label.rfind(' ', end - 1)) {
        const std::string name = label.substr(0, end);
        const std::string body = body_named(name, options, report);
        const std::optional<organisation_match> match = options.directory.recognise(name);
        if (body != name || (match && match->how == name_match::exact)) return body;
    }
    return {};
}

class statement_reader {
public:
    statement_reader(statement_draft& d, const finance_report& r) : draft_(d), table_(d.table), report_(r) {}

    void read() {
        for (const found_row& row : table_.rows) read_row(row);
        draft_.signs.resize(draft_.lines.size());
        draft_.added.resize(draft_.lines.size(), false);
        draft_.turned.resize(draft_.lines.size(), false);
    }

private:
    /// A label may stand beside the column of labels: lines one column in from their totals.
    std::string label_of(const found_row& row) const {
        if (!row.label.empty()) return row.label;
        std::uint32_t first_amount = UINT32_MAX;
        for (const found_column& c : table_.columns)
            if (c.unit) first_amount = std::min(first_amount, c.column);
        for (std::uint32_t c = 1; c < first_amount; ++c)
            if (const std::string text = table_.grid.text(row.row, c);
                !text.empty() && !table_.grid.is_number(row.row, c) && !says_not_available(text))
                return text;
        return "";
    }

    bool is_remark(const found_row& row, const std::string& label) const {
        if (row.kind == row_kind::of_which) return true;
        for (const words::said& s : draft_.vocabulary.in(label))
            if (s.what == term::of_which && s.first == 0) return true;
        return false;
    }

    /// A heading between the rows of this and the last line that the table itself did not take for a row.
    void read_headings_before(std::uint32_t row) {
        const std::uint32_t from = draft_.rows.empty() ? table_.last_heading + 1 : draft_.rows.back() + 1;
        for (std::uint32_t r = from; r < row; ++r) {
            std::string only;
            for (std::uint32_t c = 1; c <= table_.grid.columns(); ++c)
                if (!table_.grid.blank(r, c)) only += table_.grid.is_number(r, c) ? "1" : table_.grid.text(r, c);
            const line_words w = words_of_line(draft_.vocabulary, only);
            if (w == line_words::income || w == line_words::spending || w == line_words::misalignment) section_ = only;
        }
    }

    void read_row(const found_row& row) {
        position_line l;
        l.label = label_of(row);
        bool any = false;
        for (const pair_of_columns& p : pairs_of_columns) {
            const auto get = [&](const char* field) { return figure_in(table_, row.row, field, draft_.findings); };
            l.*p.in_line = {get(p.plan), get(p.actual), variance_in(table_, row.row, p.variance, draft_.findings)};
            any = any || (l.*p.in_line).plan || (l.*p.in_line).actual || holds_formula(table_, row.row, p.plan) ||
                  holds_formula(table_, row.row, p.actual);
        }
        if (!any) return; // a heading within the statement, or a remark
        read_headings_before(row.row);
        if (is_remark(row, l.label) && !draft_.lines.empty()) {
            draft_.lines.back().of_which.push_back({l.label, l.in_month, l.to_date, l.full_year});
            return;
        }
        if (l.label.empty()) {
            draft_.findings.push_back({"position.no_label",
                                       severity::error,
                                       "a row of figures has no label, and was left out",
                                       {table_.grid.at(row.row, first_actual().column)},
                                       "name the line"});
            return;
        }
        take_line(row.row, std::move(l));
    }

    void take_line(std::uint32_t row, position_line l) {
        line_words w = words_of_line(draft_.vocabulary, l.label);
        l.organisation = owner_of(l.label, draft_.options, report_);
        const bool total = draft_.sounds_like_a_total(l.label);
        if ((w == line_words::nothing || w == line_words::area) && !total && !section_.empty()) {
            w = words_of_line(draft_.vocabulary, section_);
            l.section = section_;
        }
        l.nature = nature_by(w);
        if (total) section_.clear();
        const found_column& actual = first_actual();
        const found_column* plan = table_.column(actual.field == "actual"         ? "plan"
                                                 : actual.field == "month_actual" ? "month_plan"
                                                                                  : "full_year_plan");
        draft_.places.push_back({table_.grid.at(row, plan->column), table_.grid.at(row, actual.column), *actual.unit,
                                 holds_formula(table_, row, actual.field)});
        draft_.said.push_back(w);
        draft_.rows.push_back(row);
        draft_.lines.push_back(std::move(l));
    }

    const found_column& first_actual() const {
        for (const pair_of_columns& p : pairs_of_columns)
            if (table_.column(p.plan) != nullptr && table_.column(p.actual) != nullptr) return *table_.column(p.actual);
        throw precondition_violated("statement: no column of actuals");
    }

    statement_draft& draft_;
    const found_table& table_;
    const finance_report& report_;
    std::string section_;
};

/// Whether the lines are income and expenditure at all: some say so, or one adds others.
bool is_statement(const statement_draft& d) {
    for (std::size_t i = 0; i < d.lines.size(); ++i)
        if (d.lines[i].nature != line_nature::result || d.said[i] == line_words::area || d.lines[i].is_sub_total())
            return true;
    return false;
}

/// Whether a bottom line that calls itself a result takes off spending what pays for the most of it: "Net position"
/// below net expenditure, council tax and grants.
bool is_net_of_funding(const statement_draft& d, const position& all, std::size_t bottom) {
    if (d.said[bottom] != line_words::result) return false;
    exact spent, funding;
    for (const std::size_t leaf : all.leaves(bottom)) {
        const position_line& l = d.lines[leaf];
        const exact amount = value_or_zero(l.to_date.plan ? l.to_date.plan : l.full_year.plan);
        (amount.is_negative() ? spent : funding) += amount;
    }
    return !(funding + funding < abs(spent)) && !funding.is_zero();
}

/// Whether the bottom line is what was spent: it was written positive and turned, or adds nothing but spending.
bool is_spent(const statement_draft& d, const position& all, std::size_t bottom) {
    if (is_net_of_funding(d, all, bottom)) return false;
    if (d.turned[bottom]) return true;
    const cell_figure& actual = d.lines[bottom].to_date.actual;
    return d.is_spending(bottom) && (!actual || actual->written().is_negative());
}

bool is_income_alone(const statement_draft& d) {
    const auto is = [&](std::size_t i, line_words w) { return d.said[i] == w; };
    bool all_income = true, silent = true;
    for (std::size_t i = 0; i < d.lines.size(); ++i) {
        const bool silent_line = is(i, line_words::nothing);
        all_income = all_income && (is(i, line_words::income) || (silent_line && d.lines[i].is_sub_total()));
        silent = silent && (is(i, line_words::income) || silent_line);
    }
    // Payers of which nothing is said, and a total of income below them.
    return all_income || (silent && is(d.lines.size() - 1, line_words::income) && d.lines.back().is_sub_total());
}

/// Spending alone leaves the allocation that stands above it in no sum: the lines to be set beside the statement.
std::vector<bool> income_beside(const statement_draft& d, const position& all) {
    std::vector<bool> beside(d.lines.size(), false);
    const position_line* bottom = all.bottom_line();
    if (bottom == nullptr || bottom->adds.empty()) return beside;
    std::vector<bool> in_bottom(d.lines.size(), false);
    for (const std::size_t leaf : all.leaves(static_cast<std::size_t>(bottom - all.lines().data())))
        in_bottom[leaf] = true;
    for (std::size_t i = 0; i < d.lines.size(); ++i)
        beside[i] = d.said[i] == line_words::income && !in_bottom[i] && !d.lines[i].is_sub_total() && !d.added[i];
    return beside;
}

/// Where no line adds the others and none is the result, their sum is what the table comes to.
void add_missing_total(statement_draft& d) {
    const auto is_result = [&](std::size_t i) { return d.said[i] == line_words::result; };
    for (std::size_t i = 0; i < d.lines.size(); ++i)
        if (d.lines[i].is_sub_total() || is_result(i)) return;
    if (d.lines.size() < 2) return;
    const bool all_turned = std::all_of(d.turned.begin(), d.turned.end(), [](bool t) { return t; });
    position_line sum;
    sum.label = "Sum of the lines";
    for (std::size_t i = 0; i < d.lines.size(); ++i) sum.adds.push_back(i);
    for (const pair_of_columns& p : pairs_of_columns)
        for (const auto& [of, field] :
             {std::pair(&plan_and_actual::plan, p.plan), {&plan_and_actual::actual, p.actual}}) {
            const found_column* c = d.table.column(field);
            if (c == nullptr || !c->unit) continue;
            exact all;
            for (const position_line& l : d.lines) all += value_or_zero((l.*p.in_line).*of);
            (sum.*p.in_line).*of = worked_out(all, *c->unit, d.table.grid.at(d.table.last_heading, c->column));
        }
    line_place place = d.places.front();
    place.actual_is_formula = true; // it stands in no cell
    d.findings.push_back(
        {"position.no_total",
         severity::note,
         "no line adds up the others, so their sum was worked out and is shown as \"Sum of the lines\"",
         {d.table.at()}});
    d.lines.push_back(std::move(sum));
    d.places.push_back(place);
    d.said.push_back(line_words::nothing);
    d.rows.push_back(d.table.last_heading);
    d.signs.emplace_back();
    d.added.assign(d.lines.size(), true);
    d.added.back() = false;
    d.turned.push_back(all_turned);
}

/// Takes lines out, keeping what the others add.
void erase_lines(statement_draft& d, const std::vector<bool>& gone) {
    std::vector<std::size_t> becomes(d.lines.size());
    std::size_t kept = 0;
    for (std::size_t i = 0; i < d.lines.size(); ++i) becomes[i] = gone[i] ? d.lines.size() : kept++;
    statement_draft before = d;
    d.lines.clear(), d.places.clear(), d.said.clear(), d.rows.clear(), d.signs.clear(), d.added.clear();
    d.turned.clear();
    for (std::size_t i = 0; i < before.lines.size(); ++i) {
        if (gone[i]) continue;
        position_line l = before.lines[i];
        for (std::size_t& part : l.adds) part = becomes[part];
        d.lines.push_back(std::move(l));
        d.places.push_back(before.places[i]), d.said.push_back(before.said[i]), d.rows.push_back(before.rows[i]);
        d.signs.push_back(before.signs[i]), d.added.push_back(before.added[i]), d.turned.push_back(before.turned[i]);
    }
}

} // namespace

void set_restated_aside(statement_draft& d) {
    std::optional<std::size_t> reported;
    bool adjusted = false;
    for (std::size_t i = 0; i < d.lines.size(); ++i) {
        const words::term_set said = d.vocabulary.terms_in(d.lines[i].label);
        if (said.has_any({term::excluding, term::subtracted}) || !d.sounds_like_a_total(d.lines[i].label)) continue;
        const bool this_adjusted = said.has(term::adjusted_performance);
        if (this_adjusted || !adjusted) reported = i, adjusted = this_adjusted;
    }
    if (!reported || *reported + 1 == d.lines.size()) return;
    std::vector<bool> gone(d.lines.size(), false);
    for (std::size_t i = *reported + 1; i < d.lines.size(); ++i) {
        const words::term_set said = d.vocabulary.terms_in(d.lines[i].label);
        if (!said.has_any({term::excluding, term::subtracted, term::deficit_support, term::of_which})) return;
        gone[i] = true;
    }
    for (std::size_t i = *reported + 1; i < d.lines.size(); ++i) {
        d.restated.push_back(d.lines[i]);
        for (const pair_of_columns& p : pairs_of_columns)
            for (const char* field : {p.plan, p.actual})
                if (not_calculated(d.table, d.rows[i], field))
                    d.findings.push_back(without_result(d.table, d.rows[i], field));
    }
    erase_lines(d, gone);
}

bool holds_formula(const found_table& t, std::uint32_t row, std::string_view wanted) {
    const found_column* c = t.column(wanted);
    const workbook::cell* cell = c == nullptr ? nullptr : t.grid.cell(row, c->column);
    return cell != nullptr && cell->has_formula;
}

bool not_calculated(const found_table& t, std::uint32_t row, std::string_view wanted) {
    const found_column* c = t.column(wanted);
    return holds_formula(t, row, wanted) && t.grid.blank(row, c->column);
}

figure worked_out(const exact& sum, unit u, const provenance& at) {
    return figure(rounded(sum, u, power_of_ten(u) + 2, rounding::half_even).normalised(), u, at);
}

finding without_result(const found_table& t, std::uint32_t row, std::string_view wanted) {
    return {"cell.not_calculated",
            severity::error,
            "the cell holds a formula without a result, so it gives no figure",
            {t.grid.at(row, t.column(wanted)->column)},
            "open the workbook in a spreadsheet program and save it"};
}

bool read_statement(const found_table& t, const read_options& options, finance_report& report,
                    std::vector<finding>& findings) {
    const std::shared_ptr<const words::vocabulary> vocabulary = words::vocabulary_of(options.map.words);
    statement_draft d{t, options, *vocabulary};
    statement_reader(d, report).read();
    set_restated_aside(d);
    find_sums(d);
    if (!is_statement(d)) return false;
    if (const table_subject about = subject_of(t, *vocabulary, false); about.of == table_subject::kind::other) {
        findings.push_back(another_subject(t, about));
        return true;
    }
    if (is_income_alone(d)) {
        findings.push_back({"position.income_alone",
                            severity::warning,
                            "the table lists income alone, which is not a surplus or a deficit, so it was not read",
                            {t.at()},
                            "put the income beside what is spent of it, in one statement"});
        return true;
    }
    const bool sure = settle_signs(d);
    if (sure) work_out_totals(d);
    if (sure) say_blanks(d);
    if (sure) restate_without_support(d);
    if (sure) add_missing_total(d);
    std::move(d.findings.begin(), d.findings.end(), std::back_inserter(findings));
    if (!sure) return true; // it is a statement, and refused: nothing else may be made of the table
    position whole(d.lines);
    const position_line* bottom = whole.bottom_line();
    report.spending_alone =
        bottom != nullptr && is_spent(d, whole, static_cast<std::size_t>(bottom - whole.lines().data()));
    if (report.spending_alone) {
        const std::vector<bool> beside = income_beside(d, whole);
        for (std::size_t i = 0; i < beside.size(); ++i)
            if (beside[i]) d.restated.push_back(d.lines[i]);
        erase_lines(d, beside);
        whole = position(d.lines);
    }
    report.restated = std::move(d.restated);
    report.places = std::move(d.places);
    report.system = std::move(whole);
    return true;
}

} // namespace riskshare::templates::detail
