// Statements: lines with their natures, sub-totals by formula, plan beside actual.
#include "template/finance_sheet.hpp"
#include "template/totals/sum_formula.hpp"

#include <riskshare/detail/footing.hpp>

#include <algorithm>
#include <map>

namespace riskshare::templates::detail {

using riskshare::detail::folded;

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

namespace {

bool has_word(const std::string& text, std::initializer_list<const char*> beginnings) {
    for (const char* word : beginnings) {
        const std::size_t at = text.find(word);
        if (at != std::string::npos && (at == 0 || !riskshare::detail::is_alphanumeric(text[at - 1]))) return true;
    }
    return false;
}

line_nature nature_of(const std::string& label) {
    const std::string t = folded(label);
    if (has_word(t, {"misalignment", "mismatch"})) return line_nature::misalignment;
    if (has_word(t, {"surplus", "deficit", "net position"})) return line_nature::result;
    if (has_word(t, {"expenditure", "expense", "spend", "cost", "pay", "non-pay"})) return line_nature::expenditure;
    if (has_word(t, {"income", "allocation", "funding", "revenue"})) return line_nature::income;
    return line_nature::result;
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

bool sounds_like_a_total(const std::string& label) {
    return names_a_total(label) || has_word(folded(label), {"surplus", "deficit", "net position"});
}

/// The columns of plan and actual on each basis; to date first, as the first that a table has settles what it adds.
struct pair_of_columns {
    plan_and_actual position_line::*in_line;
    plan_and_actual of_which_line::*in_remark;
    const char *plan, *actual, *variance;
};
constexpr pair_of_columns pairs[] = {
    {&position_line::to_date, &of_which_line::to_date, "plan", "actual", "variance"},
    {&position_line::in_month, &of_which_line::in_month, "month_plan", "month_actual", "month_variance"},
    {&position_line::full_year, &of_which_line::full_year, "full_year_plan", "forecast", "full_year_variance"}};

class statement_reader {
public:
    statement_reader(const found_table& t, const read_options& o, finance_report& r, std::vector<finding>& f)
        : table_(t), options_(o), report_(r), findings_(f) {}

    /// False where the table is none of income and expenditure; nothing is taken from it then.
    bool read() {
        for (const found_row& row : table_.rows) read_row(row);
        signs_.resize(lines_.size());
        for (std::size_t i = 0; i < lines_.size(); ++i)
            if (!add_by_formula(i)) add_by_figures(i);
        const bool is_statement = std::any_of(lines_.begin(), lines_.end(), [](const position_line& l) {
            return l.nature != line_nature::result || l.is_sub_total();
        });
        if (!is_statement) return false;
        turn_subtracted();
        work_out_totals();
        std::move(told_.begin(), told_.end(), std::back_inserter(findings_));
        report_.places = std::move(places_);
        report_.system = position(std::move(lines_));
        return true;
    }

private:
    /// A label may stand beside the column of labels: lines one column in from their totals.
    std::string label_of(const found_row& row) const {
        if (!row.label.empty()) return row.label;
        std::uint32_t first_amount = UINT32_MAX;
        for (const found_column& c : table_.columns)
            if (c.unit) first_amount = std::min(first_amount, c.column);
        for (std::uint32_t c = 1; c < first_amount; ++c)
            if (!table_.grid.blank(row.row, c) && !table_.grid.is_number(row.row, c))
                return table_.grid.text(row.row, c);
        return "";
    }

    static bool is_remark(const found_row& row, const std::string& label) {
        const std::string f = folded(label);
        return row.kind == row_kind::of_which || f.rfind("of which", 0) == 0 || f.rfind("including", 0) == 0 ||
               f.rfind("memo", 0) == 0;
    }

    /// A heading between the rows of this and the last line that the table itself did not take for a row.
    void read_headings_before(std::uint32_t row) {
        const std::uint32_t from = row_of_line_.empty() ? table_.last_heading + 1 : row_of_line_.back() + 1;
        for (std::uint32_t r = from; r < row; ++r) {
            std::string only;
            for (std::uint32_t c = 1; c <= table_.grid.columns(); ++c)
                if (!table_.grid.blank(r, c)) only += table_.grid.is_number(r, c) ? "1" : table_.grid.text(r, c);
            if (nature_of(only) != line_nature::result) section_ = only;
        }
    }

    void read_row(const found_row& row) {
        position_line l;
        l.label = label_of(row);
        bool any = false;
        for (const pair_of_columns& p : pairs) {
            l.*p.in_line = {figure_in(table_, row.row, p.plan, told_), figure_in(table_, row.row, p.actual, told_),
                            figure_in(table_, row.row, p.variance, told_)};
            any = any || (l.*p.in_line).plan || (l.*p.in_line).actual || holds_formula(table_, row.row, p.plan) ||
                  holds_formula(table_, row.row, p.actual);
        }
        if (!any) return; // a heading within the statement, or a remark
        read_headings_before(row.row);
        if (is_remark(row, l.label) && !lines_.empty()) {
            lines_.back().of_which.push_back({l.label, l.in_month, l.to_date, l.full_year});
            return;
        }
        if (l.label.empty()) {
            told_.push_back({"position.no_label",
                             severity::error,
                             "a row of figures has no label, and was left out",
                             {table_.grid.at(row.row, first_actual().column)},
                             "name the line"});
            return;
        }
        take_line(row.row, std::move(l));
    }

    void take_line(std::uint32_t row, position_line l) {
        l.nature = nature_of(l.label);
        l.organisation = owner_of(l.label, options_, report_);
        if (l.nature == line_nature::result && !sounds_like_a_total(l.label)) {
            l.nature = nature_of(section_);
            l.section = l.nature == line_nature::result ? "" : section_;
        }
        if (sounds_like_a_total(l.label)) section_.clear();
        const found_column& actual = first_actual();
        const found_column* plan = table_.column(actual.field == "actual"         ? "plan"
                                                 : actual.field == "month_actual" ? "month_plan"
                                                                                  : "full_year_plan");
        places_.push_back({table_.grid.at(row, plan->column), table_.grid.at(row, actual.column), *actual.unit,
                           holds_formula(table_, row, actual.field)});
        line_of_row_[row] = lines_.size();
        row_of_line_.push_back(row);
        lines_.push_back(std::move(l));
    }

    const found_column& first_actual() const {
        for (const pair_of_columns& p : pairs)
            if (table_.column(p.plan) != nullptr && table_.column(p.actual) != nullptr) return *table_.column(p.actual);
        throw precondition_violated("statement: no column of actuals");
    }

    bool add_by_formula(std::size_t line) {
        for (const pair_of_columns& p : pairs)
            for (const char* field : {p.actual, p.plan}) {
                if (!holds_formula(table_, row_of_line_[line], field)) continue;
                const std::uint32_t column = table_.column(field)->column;
                const auto rows = rows_added(table_.grid.cell(row_of_line_[line], column)->formula, column);
                if (!rows) continue;
                for (const added_row& r : *rows)
                    if (const auto found = line_of_row_.find(r.row);
                        found != line_of_row_.end() && found->second != line &&
                        std::count(lines_[found->second].adds.begin(), lines_[found->second].adds.end(), line) == 0) {
                        lines_[line].adds.push_back(found->second);
                        signs_[line].push_back(r.sign);
                    }
                if (!lines_[line].adds.empty()) {
                    note_added(line);
                    return true;
                }
            }
        return false;
    }

    /// A typed total: the last lines that nothing has added yet, when every one of its figures is their sum; or their
    /// sum less those of expenditure, where expenditure is written as positive figures.
    void add_by_figures(std::size_t line) {
        position_line& l = lines_[line];
        if (!sounds_like_a_total(l.label) && !l.organisation.empty()) return;
        std::vector<std::size_t> open;
        // A sub-total above its lines takes those below it, and is no part of them.
        const auto reaches_down = [&](std::size_t i) {
            return std::any_of(lines_[i].adds.begin(), lines_[i].adds.end(),
                               [line](std::size_t part) { return part >= line; });
        };
        for (std::size_t i = line; i-- > 0;)
            if (!added(i) && !reaches_down(i)) open.insert(open.begin(), i);
        for (const bool subtracting : {false, true})
            for (const std::size_t count : counts_tried(l, open)) {
                const std::vector<std::size_t> parts(open.end() - static_cast<std::ptrdiff_t>(count), open.end());
                std::vector<int> signs;
                for (std::size_t p : parts)
                    signs.push_back(subtracting && lines_[p].nature == line_nature::expenditure ? -1 : 1);
                if (!is_sum(l, parts, signs)) continue;
                l.adds = parts;
                signs_[line] = signs;
                note_added(line);
                told_.push_back({"position.sub_total_typed",
                                 severity::note,
                                 "\"" + l.label + "\" is typed, and was read as " +
                                     (count == 1 ? "the total of \"" + lines_[parts.front()].label + "\" alone"
                                                 : "the sum of the " + std::to_string(count) + " lines from \"" +
                                                       lines_[parts.front()].label + "\" on") +
                                     ", because its figures are",
                                 {places_[line].actual}});
                return;
            }
        if (!sounds_like_a_total(l.label) || open.empty()) return;
        l.adds_unknown = true;
        told_.push_back({"position.sub_total_unknown",
                         severity::warning,
                         "\"" + l.label +
                             "\" reads like a total, holds no formula and is not the sum of the lines "
                             "above; it is added to nothing",
                         {places_[line].actual},
                         "give it a formula, or correct the line that is wrong"});
    }

    /// Two lines and more; one alone only for what is called a total, and only where no more of them are its sum.
    static std::vector<std::size_t> counts_tried(const position_line& l, const std::vector<std::size_t>& open) {
        std::vector<std::size_t> counts;
        for (std::size_t count = 2; count <= open.size(); ++count) counts.push_back(count);
        if (!open.empty() && names_a_total(l.label)) counts.push_back(1);
        return counts;
    }

    bool is_sum(const position_line& l, const std::vector<std::size_t>& parts, const std::vector<int>& signs) const {
        int figures = 0;
        for (const pair_of_columns& p : pairs)
            for (auto of : {&plan_and_actual::plan, &plan_and_actual::actual}) {
                const cell_figure& stated = (l.*p.in_line).*of;
                if (!stated) continue;
                std::vector<figure> added;
                for (std::size_t i = 0; i < parts.size(); ++i)
                    if (const cell_figure& f = (lines_[parts[i]].*p.in_line).*of)
                        added.push_back(signs[i] < 0 ? negated(*f) : *f);
                std::vector<finding> differences;
                riskshare::detail::check_footing("", "", *stated, added, differences);
                if (has_errors(differences)) return false;
                ++figures;
            }
        return figures >= 2;
    }

    static figure negated(const figure& f) { return figure(-f.written(), f.unit(), f.at(), f.places()); }

    /// Lines that a formula, or the figures, prove to be subtracted are expenditure written positive: they are signed.
    void turn_subtracted() {
        std::vector<bool> turned(lines_.size(), false);
        for (std::size_t i = 0; i < lines_.size(); ++i)
            for (std::size_t k = 0; k < signs_[i].size(); ++k)
                if (signs_[i][k] < 0) turn(lines_[i].adds[k], turned);
        std::string names;
        std::vector<provenance> at;
        for (std::size_t i = 0; i < lines_.size(); ++i)
            if (turned[i] && !lines_[i].is_sub_total()) {
                names += (names.empty() ? "\"" : ", \"") + lines_[i].label + "\"";
                at.push_back(places_[i].actual);
            }
        if (!names.empty())
            told_.push_back(
                {"position.written_positive", severity::note,
                 names + ": written as positive figures and subtracted; read as negative, as expenditure is",
                 std::move(at)});
    }

    void turn(std::size_t line, std::vector<bool>& turned) {
        if (turned[line]) return;
        turned[line] = true;
        places_[line].written_positive = true;
        for (const pair_of_columns& p : pairs) turn_figures(lines_[line].*p.in_line);
        for (of_which_line& remark : lines_[line].of_which)
            for (const pair_of_columns& p : pairs) turn_figures(remark.*p.in_remark);
        for (std::size_t part : lines_[line].adds) turn(part, turned);
    }

    /// The printed variance may be favourable positive already; it is turned where it is the plain difference.
    static void turn_figures(plan_and_actual& f) {
        const bool plain_difference = f.printed_variance && f.plan && f.actual &&
                                      f.printed_variance->value() == f.actual->value() - f.plan->value();
        if (plain_difference) f.printed_variance = negated(*f.printed_variance);
        if (f.plan) f.plan = negated(*f.plan);
        if (f.actual) f.actual = negated(*f.actual);
    }

    /// A workbook that no spreadsheet program has calculated yet holds formulas without results. Totals are worked out
    /// from their lines; a line of its own cannot be.
    void work_out_totals() {
        for (std::size_t again = 0; again < lines_.size(); ++again)
            for (std::size_t i = 0; i < lines_.size(); ++i)
                for (const pair_of_columns& p : pairs) {
                    if (lines_[i].adds.empty()) continue;
                    if (not_calculated(table_, row_of_line_[i], p.plan)) work_out(i, p, &plan_and_actual::plan, p.plan);
                    if (not_calculated(table_, row_of_line_[i], p.actual))
                        work_out(i, p, &plan_and_actual::actual, p.actual);
                }
        for (std::size_t i = 0; i < lines_.size(); ++i)
            for (const pair_of_columns& p : pairs)
                for (const char* field : {p.plan, p.actual})
                    if (lines_[i].adds.empty() && not_calculated(table_, row_of_line_[i], field))
                        told_.push_back(without_result(table_, row_of_line_[i], field));
    }

    void work_out(std::size_t line, const pair_of_columns& p, cell_figure plan_and_actual::*of, const char* field) {
        exact sum;
        for (std::size_t part : lines_[line].adds) sum += value_or_zero((lines_[part].*p.in_line).*of);
        const found_column* c = table_.column(field);
        (lines_[line].*p.in_line).*of = worked_out(sum, *c->unit, table_.grid.at(row_of_line_[line], c->column));
    }

    bool added(std::size_t line) const { return line < added_.size() && added_[line]; }
    void note_added(std::size_t line) {
        added_.resize(lines_.size(), false);
        for (std::size_t part : lines_[line].adds) added_[part] = true;
    }

    const found_table& table_;
    const read_options& options_;
    finance_report& report_;
    std::vector<finding>& findings_;
    std::vector<finding> told_; ///< about the table; nobody's business where it turns out to be no statement
    std::vector<position_line> lines_;
    std::vector<line_place> places_;
    std::vector<std::vector<int>> signs_; ///< of what each line adds
    std::vector<std::uint32_t> row_of_line_;
    std::map<std::uint32_t, std::size_t> line_of_row_;
    std::vector<bool> added_;
    std::string section_;
};

} // namespace

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
    return statement_reader(t, options, report, findings).read();
}

} // namespace riskshare::templates::detail
