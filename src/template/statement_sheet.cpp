// Statements: lines with their natures, sub-totals by formula, plan beside actual.
#include "template/finance_sheet.hpp"

#include <riskshare/detail/footing.hpp>

#include <algorithm>
#include <map>

namespace riskshare::templates::detail {

using riskshare::detail::folded;

const shape& plan_and_actual_shape() {
    using holds = field::holds;
    static const shape s{
        "plan and actual to date",
        {
            {"line",
             {"organisation", "organization", "org", "trust", "body", "line", "statement line", "description", "item",
              "category", "income and expenditure", "provider"},
             holds::label,
             false},
            {"plan",
             {"ytd budget", "ytd plan", "budget ytd", "plan ytd", "year to date budget", "year to date plan",
              "budget to date", "plan to date", "cumulative plan", "cumulative budget", "budget", "plan"},
             holds::amount,
             true},
            {"actual",
             {"ytd actual", "actual ytd", "year to date actual", "actual to date", "ytd actuals", "cumulative actual",
              "actual", "actuals"},
             holds::amount,
             true},
            {"variance",
             {"ytd variance", "variance ytd", "year to date variance", "variance to date", "ytd var", "variance"},
             holds::amount,
             false},
            {"month_plan",
             {"month budget", "month plan", "in month budget", "in month plan", "current month plan",
              "current month budget", "plan in month", "budget in month"},
             holds::amount,
             false},
            {"month_actual",
             {"month actual", "in month actual", "current month actual", "actual in month"},
             holds::amount,
             false},
            {"full_year_plan",
             {"full year plan", "annual plan", "annual budget", "full year budget", "plan for the year", "fy plan",
              "fy budget"},
             holds::amount,
             false},
            {"forecast",
             {"forecast outturn", "fot", "full year forecast", "year end forecast", "forecast", "outturn forecast"},
             holds::amount,
             false},
            {"one_offs",
             {"ytd non recurrent", "non recurrent ytd", "of which non recurrent ytd", "non recurrent to date"},
             holds::amount,
             false},
            {"one_offs_full_year",
             {"forecast non recurrent", "non recurrent forecast", "non recurrent full year", "full year non recurrent"},
             holds::amount,
             false},
        }};
    return s;
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

class statement_reader {
public:
    statement_reader(const found_table& t, const read_options& o, finance_report& r, std::vector<finding>& f)
        : table_(t), options_(o), report_(r), findings_(f) {}

    void read() {
        for (const found_row& row : table_.rows) read_line(row);
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            if (!add_by_formula(i)) add_by_figures(i);
        }
        report_.system = position(std::move(lines_));
    }

private:
    void read_line(const found_row& row) {
        position_line l;
        l.label = row.label;
        const auto get = [&](const char* field) { return figure_in(table_, row.row, field, findings_); };
        l.to_date = {get("plan"), get("actual"), get("variance")};
        l.in_month = {get("month_plan"), get("month_actual"), std::nullopt};
        l.full_year = {get("full_year_plan"), get("forecast"), std::nullopt};
        const bool any_formula = cell_has_formula(row.row, "plan") || cell_has_formula(row.row, "actual");
        const bool any_figure = l.to_date.plan || l.to_date.actual || l.in_month.actual || l.full_year.actual;
        if (!any_figure && !any_formula) return; // a heading within the statement, or a remark
        l.nature = nature_of(row.label);
        l.organisation = owner_of(row.label, options_, report_);
        const found_column* plan = table_.column("plan");
        const found_column* actual = table_.column("actual");
        report_.places.push_back({table_.grid.at(row.row, plan->column), table_.grid.at(row.row, actual->column),
                                  *actual->unit, cell_has_formula(row.row, "actual")});
        line_of_row_[row.row] = lines_.size();
        row_of_line_.push_back(row.row);
        lines_.push_back(std::move(l));
    }

    bool cell_has_formula(std::uint32_t row, const char* field) const {
        const found_column* c = table_.column(field);
        const workbook::cell* cell = c == nullptr ? nullptr : table_.grid.cell(row, c->column);
        return cell != nullptr && cell->has_formula;
    }

    bool add_by_formula(std::size_t line) {
        for (const char* field : {"actual", "plan"}) {
            const found_column* c = table_.column(field);
            const workbook::cell* cell = table_.grid.cell(row_of_line_[line], c->column);
            if (cell == nullptr || !cell->has_formula) continue;
            const auto rows = rows_added(cell->formula, c->column);
            if (!rows) continue;
            for (std::uint32_t row : *rows)
                if (const auto found = line_of_row_.find(row); found != line_of_row_.end() && found->second != line)
                    lines_[line].adds.push_back(found->second);
            if (!lines_[line].adds.empty()) {
                note_added(line);
                return true;
            }
        }
        return false;
    }

    /// A typed total: the last lines that nothing has added yet, when every one of its figures is their sum.
    void add_by_figures(std::size_t line) {
        position_line& l = lines_[line];
        if (!sounds_like_a_total(l.label) && !l.organisation.empty()) return;
        std::vector<std::size_t> open;
        for (std::size_t i = line; i-- > 0;)
            if (!added(i)) open.insert(open.begin(), i);
        for (std::size_t count = 2; count <= open.size(); ++count) {
            const std::vector<std::size_t> parts(open.end() - static_cast<std::ptrdiff_t>(count), open.end());
            if (!is_sum(l, parts)) continue;
            l.adds = parts;
            note_added(line);
            findings_.push_back({"position.sub_total_typed",
                                 severity::note,
                                 "\"" + l.label + "\" is typed, and was read as the sum of the " +
                                     std::to_string(count) + " lines from \"" + lines_[parts.front()].label +
                                     "\" on, because its figures are",
                                 {report_.places[line].actual}});
            return;
        }
        if (!sounds_like_a_total(l.label)) return;
        l.adds_unknown = true;
        findings_.push_back({"position.sub_total_unknown",
                             severity::warning,
                             "\"" + l.label +
                                 "\" reads like a total, holds no formula and is not the sum of the lines "
                                 "above; it is added to nothing",
                             {report_.places[line].actual},
                             "give it a formula, or correct the line that is wrong"});
    }

    bool is_sum(const position_line& l, const std::vector<std::size_t>& parts) const {
        int figures = 0;
        for (auto of : {&plan_and_actual::plan, &plan_and_actual::actual}) {
            const cell_figure& stated = l.to_date.*of;
            if (!stated) continue;
            std::vector<figure> added;
            for (std::size_t p : parts)
                if (const cell_figure& f = lines_[p].to_date.*of) added.push_back(*f);
            std::vector<finding> differences;
            riskshare::detail::check_footing("", "", *stated, added, differences);
            if (has_errors(differences)) return false;
            ++figures;
        }
        return figures == 2;
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
    std::vector<position_line> lines_;
    std::vector<std::uint32_t> row_of_line_;
    std::map<std::uint32_t, std::size_t> line_of_row_;
    std::vector<bool> added_;
};

} // namespace

std::optional<std::vector<std::uint32_t>> rows_added(std::string_view formula, std::uint32_t column) {
    std::vector<std::uint32_t> rows;
    std::string f;
    for (char c : formula)
        if (c != ' ' && c != '$') f += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    std::size_t i = f.empty() || f[0] != '+' ? 0 : 1;
    const auto take_range = [&](std::string_view text) {
        const result<workbook::range> r = workbook::parse_range(text);
        if (!r || r->first.column != column || r->last.column != column) return false;
        for (std::uint32_t row = r->first.row; row <= r->last.row; ++row) rows.push_back(row);
        return true;
    };
    while (i < f.size()) {
        if (f.compare(i, 4, "SUM(") == 0) {
            const std::size_t close = f.find(')', i);
            if (close == std::string::npos) return std::nullopt;
            for (std::size_t at = i + 4; at <= close;) {
                const std::size_t end = std::min(f.find(',', at), close);
                if (!take_range(std::string_view(f).substr(at, end - at))) return std::nullopt;
                at = end + 1;
            }
            i = close + 1;
        } else {
            const std::size_t end = std::min(f.find('+', i), f.size());
            if (!take_range(std::string_view(f).substr(i, end - i))) return std::nullopt;
            i = end;
        }
        if (i < f.size() && f[i] != '+') return std::nullopt;
        ++i;
    }
    if (rows.empty()) return std::nullopt;
    return rows;
}

void read_statement(const found_table& t, const read_options& options, finance_report& report,
                    std::vector<finding>& findings) {
    statement_reader(t, options, report, findings).read();
}

void read_organisations(const found_table& t, const read_options& options, finance_report& report,
                        std::vector<finding>& findings) {
    for (const found_row& row : t.rows) {
        const auto get = [&](const char* field) { return figure_in(t, row.row, field, findings); };
        organisation_position o;
        o.organisation = body_named(row.label, options, report);
        o.is_total = o.organisation == row.label && names_a_total(row.label);
        o.to_date = {get("plan"), get("actual"), get("variance")};
        o.full_year = {get("full_year_plan"), get("forecast"), std::nullopt};
        o.one_offs_to_date = get("one_offs");
        o.one_offs_full_year = get("one_offs_full_year");
        if (!o.to_date.plan && !o.to_date.actual && !o.full_year.actual) continue;
        report.organisations.push_back(std::move(o));
    }
}

} // namespace riskshare::templates::detail
