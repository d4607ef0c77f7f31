#include "template/gate_sheet.hpp"
#include "template/share_sheet.hpp"

#include <riskshare/asked_measures.hpp>
#include <riskshare/template/layout.hpp>

#include <algorithm>
#include <map>
#include <set>

namespace riskshare::templates {

namespace {

std::optional<month> month_of_sheet(const workbook::book& book, const std::string& name) {
    if (!has_text(riskshare::detail::folded(name), "position")) return std::nullopt;
    if (const std::optional<month> m = month_named_in(name)) return m;
    for (const workbook::cell& c : book.read(name).cells())
        if (c.at.row <= 3 && c.kind == workbook::cell_kind::text)
            if (const std::optional<month> m = month_named_in(std::string(c.text))) return m;
    return std::nullopt;
}

/// What a line of a position says.
enum class line {
    plan_to_date,
    actual_to_date,
    target_to_date,
    delivered_to_date,
    target_for_year,
    delivery_forecast,
    shortfall,
    slippage,
    own_mitigation,
    system_mitigation,
    reserve,
    forecast,
    plan_for_year,
    other,
};

line kind_of(const std::string& label) {
    const std::string l = riskshare::detail::folded(label);
    const auto says = [&](std::string_view what) { return has_text(l, what); };
    const bool year = says("full-year") || says("full year") || says("annual");
    if (says("efficienc") || says("cash-releasing")) {
        if (says("forecast")) return line::delivery_forecast;
        if (says("deliver") || says("actual")) return line::delivered_to_date;
        if (says("plan") || says("target")) return year ? line::target_for_year : line::target_to_date;
        return line::other;
    }
    if (says("shortfall")) return line::shortfall;
    if (says("slippage")) return line::slippage;
    if (says("mitigation")) return says("system") ? line::system_mitigation : line::own_mitigation;
    if (says("reserve")) return line::reserve;
    if (says("variance")) return line::other;
    if (says("forecast") || says("outturn")) return line::forecast;
    if (says("plan") || says("budget")) return year ? line::plan_for_year : line::plan_to_date;
    if (says("actual")) return line::actual_to_date;
    return line::other;
}

std::string scheme_of(const std::string& label) {
    const std::size_t end = riskshare::detail::folded(label).find("shortfall");
    return riskshare::detail::plain(label.substr(0, end));
}

class position_sheet {
public:
    position_sheet(const workbook::book& book, const std::string& sheet, const agreement& a, const share_options& o,
                   std::vector<finding>& findings)
        : agreement_(a), reader_(book, o, findings), grid_(reader_.open(sheet)) {}

    share_inputs read(const period&, share_basis);

private:
    bool find_heading();
    void read_line(std::uint32_t row, const std::string& label);
    void take(line, const std::string& label, std::size_t index, const stated_money&);
    /// Whether the line is one that the agreement asks for by name.
    bool read_measure(std::uint32_t row, const std::string& label);
    void take_measure(std::uint32_t row, const asked_measure&, const std::string& label);
    bool read_pool(std::uint32_t row, const std::string& label);
    void settle(share_basis);

    const agreement& agreement_;
    share_reader reader_;
    grid grid_;
    std::optional<organisation_heading> heading_;
    share_inputs in_;
    /// Both plans and both positions as read; the basis chooses.
    struct party_lines {
        std::map<line, stated_money> figures;
    };
    std::vector<party_lines> read_;
    std::map<line, provenance> seen_;
    std::vector<asked_measure> asked_;
    std::vector<std::string> pools_;
};

/// Whether a label is the name, with nothing but a unit beside it.
bool is_named(const std::string& label, const std::string& name) {
    const std::string l = riskshare::detail::folded(label), n = riskshare::detail::folded(name);
    if (l.rfind(n, 0) != 0) return false;
    const std::string rest = label.size() > name.size() ? riskshare::detail::plain(label.substr(name.size())) : "";
    std::string bare;
    for (const char c : rest)
        if (c != ',' && c != '(' && c != ')' && c != ':') bare += c;
    bare = riskshare::detail::plain(bare);
    return bare.empty() || parse_unit(bare).has_value();
}

bool position_sheet::read_measure(std::uint32_t row, const std::string& label) {
    for (const asked_measure& a : asked_)
        if (is_named(label, a.name)) {
            take_measure(row, a, label);
            return true;
        }
    return false;
}

void position_sheet::take_measure(std::uint32_t row, const asked_measure& a, const std::string& label) {
    using what = asked_measure::what;
    std::optional<unit> in = unit::pounds;
    if (a.kind == what::money) in = reader_.unit_of(*heading_, label, grid_.at(row, heading_->label_column));
    if (a.kind == what::rate && units_in(label).size() == 1) in = units_in(label).front();
    if (!in) return;
    std::vector<measure> found;
    for (const organisation_column& c : heading_->organisations) {
        if (grid_.blank(row, c.column)) continue;
        const std::optional<decimal> value = measured_in(grid_, row, c.column, *in);
        if (!value) {
            reader_.error("share.measure",
                          "\"" + grid_.text(row, c.column) + "\" is not a number of \"" + a.name + "\"",
                          grid_.at(row, c.column), "write a number, a percentage, or yes or no");
            continue;
        }
        found.push_back({a.name, c.is_total ? std::string() : c.code, 0, *value, grid_.at(row, c.column)});
    }
    // One figure in the line is that of all together, wherever it stands.
    if (found.size() == 1 && !found.front().organisation.empty()) {
        found.push_back(found.front());
        found.back().organisation.clear();
    }
    in_.measures.insert(in_.measures.end(), found.begin(), found.end());
}

/// "Community equipment variance", "… overspend", "… underspend" of a scheme that is a pool.
bool position_sheet::read_pool(std::uint32_t row, const std::string& label) {
    const std::string l = riskshare::detail::folded(label);
    for (const std::string& pool : pools_) {
        const std::string name = riskshare::detail::folded(pool);
        if (l.rfind(name, 0) != 0) continue;
        const bool over = has_text(l, "overspend"), under = has_text(l, "underspend");
        if (!over && !under && !has_text(l, "variance")) continue;
        const provenance place = grid_.at(row, heading_->label_column);
        const std::optional<unit> in = reader_.unit_of(*heading_, label, place);
        if (!in) return true;
        in_.scheme_variances.push_back({pool, {}, place});
        for (const organisation_column& c : heading_->organisations) {
            if (c.is_total) continue;
            if (const std::optional<stated_money> m = reader_.amount(grid_, row, c.column, *in))
                in_.scheme_variances.back().amounts.push_back({c.code, over ? -m->value : m->value, m->at});
        }
        return true;
    }
    return false;
}

bool position_sheet::find_heading() {
    std::size_t most = 0;
    for (const grid& g : {grid_, grid_.transposed()})
        for (std::uint32_t row = 1; row <= g.rows(); ++row) {
            std::size_t count = 0;
            std::uint32_t first = 0;
            for (std::uint32_t c = 1; c <= g.columns(); ++c) {
                if (g.is_number(row, c) || g.blank(row, c)) continue;
                const std::string text = g.text(row, c);
                const bool known =
                    agreement_.index_of(text) || agreement_.index_of(reader_.known_code(text).value_or(std::string()));
                if (!known) continue;
                if (count++ == 0) first = c;
            }
            if (count <= most) continue;
            most = count;
            heading_ = organisation_heading{g, row, first, {}};
        }
    if (!heading_) {
        reader_.error("share.no_positions", "no row or column is headed by the parties " + listed(agreement_.parties()),
                      grid_.place(), "head the figures with the parties' names");
        return false;
    }
    heading_ = reader_.heading(heading_->from, heading_->row, heading_->label_column);
    grid_ = heading_->from;
    // An agreement's own names go before every directory.
    for (organisation_column& c : heading_->organisations) {
        const std::string text = grid_.text(heading_->row, c.column);
        if (agreement_.index_of(text)) c = {text, c.column, false};
    }
    return true;
}

void position_sheet::take(line kind, const std::string& label, std::size_t index, const stated_money& m) {
    const std::string& code = in_.positions[index].organisation;
    switch (kind) {
    case line::shortfall:
        in_.shortfalls.back().amounts.push_back({code, m.value, m.at});
        break;
    case line::slippage:
        if (!m.value.is_zero()) in_.slippage.push_back({code, label, m.value, m.at});
        break;
    default:
        read_[index].figures.insert_or_assign(kind, m);
    }
}

void position_sheet::read_line(std::uint32_t row, const std::string& label) {
    if (read_measure(row, label) || read_pool(row, label)) return;
    const line kind = kind_of(label);
    const provenance place = grid_.at(row, heading_->label_column);
    if (kind == line::other) {
        reader_.note("share.line_not_read", "\"" + label + "\" is no line of a position and was not read", place);
        return;
    }
    const bool may_repeat = kind == line::shortfall || kind == line::slippage;
    if (!may_repeat && !seen_.emplace(kind, place).second) {
        reader_.error("share.duplicate_line", "\"" + label + "\" says the same as the line in " + seen_[kind].cell(),
                      place, "keep one of them");
        return;
    }
    const std::optional<unit> in = reader_.unit_of(*heading_, label, place);
    if (!in) return;
    if (kind == line::shortfall) in_.shortfalls.push_back({scheme_of(label), {}, place});
    const bool of_system = kind == line::system_mitigation || kind == line::reserve;
    std::size_t index = 0;
    for (const organisation_column& c : heading_->organisations) {
        if (c.is_total != of_system) {
            if (!c.is_total) ++index;
            continue;
        }
        const std::optional<stated_money> m = reader_.amount(grid_, row, c.column, *in);
        if (m && of_system)
            (kind == line::reserve ? in_.reserve : in_.system_mitigation) = *m;
        else if (m)
            take(kind, label, index, *m);
        if (!c.is_total) ++index;
    }
}

/// A figure finer than the year to date is not to be had for efficiency: see the promise in the header.
void position_sheet::settle(share_basis basis) {
    bool by_date = false;
    for (std::size_t i = 0; i < in_.positions.size(); ++i) {
        const auto figure = [&](line kind) -> std::optional<stated_money> {
            const auto found = read_[i].figures.find(kind);
            return found == read_[i].figures.end() ? std::nullopt : std::optional(found->second);
        };
        party_position& p = in_.positions[i];
        const bool forecast = basis == share_basis::forecast;
        p.plan = figure(forecast ? line::plan_for_year : line::plan_to_date);
        p.actual = figure(forecast ? line::forecast : line::actual_to_date);
        p.own_mitigation = figure(line::own_mitigation);
        p.efficiency_target = figure(line::target_to_date);
        p.efficiency_delivered = figure(line::delivered_to_date);
        if (!forecast) continue;
        if (figure(line::target_for_year) && figure(line::delivery_forecast)) {
            p.efficiency_target = figure(line::target_for_year);
            p.efficiency_delivered = figure(line::delivery_forecast);
        } else if (p.efficiency_target) {
            by_date = true;
        }
    }
    if (by_date)
        reader_.note("share.efficiency_to_date",
                     "the sheet gives no forecast of efficiency: what is kept rests on the shortfall to date",
                     grid_.place());
}

share_inputs position_sheet::read(const period& when, share_basis basis) {
    in_.when = when;
    in_.basis = basis;
    if (const result<version_in_force> v = agreement_.in_force(when)) {
        asked_ = asked_measures(*v);
        for (const scheme_in_force& scheme : v->schemes)
            if (scheme.scheme.pool) pools_.push_back(scheme.scheme.name);
    }
    for (const workbook::cell& c : grid_.source().cells()) {
        const std::optional<month> named =
            c.at.row <= 2 && c.kind == workbook::cell_kind::text ? month_named_in(std::string(c.text)) : std::nullopt;
        if (named && *named != when.month)
            reader_.error("share.two_months",
                          "the sheet is for " + to_string(when.month) + " and its title says " + to_string(*named),
                          grid_.at(c.at.row, c.at.column), "correct the title or the sheet's name");
    }
    if (!find_heading()) return in_;
    for (const organisation_column& c : heading_->organisations) {
        if (c.is_total) continue;
        party_position p{c.code};
        p.at = grid_.at(heading_->row, c.column);
        in_.positions.push_back(std::move(p));
    }
    read_.resize(in_.positions.size());
    for (std::uint32_t row = heading_->row + 1; row <= grid_.rows(); ++row) {
        const std::string label = grid_.text(row, heading_->label_column);
        if (!label.empty()) read_line(row, label);
    }
    settle(basis);
    return in_;
}

bool asks_for_positions(const version_in_force& v) {
    for (const fund_terms& f : v.terms.funds)
        for (const fund_part& p : f.parts)
            for (const fund_gate& g : p.gates)
                if (g.kind != fund_gate::what::standard) return true;
    return false;
}

/// The positions at the ends of quarters, for the gates of funds. A month that is not there is left unknown.
void read_quarters(const workbook::book& book, const agreement& a, const share_options& options, share_inputs& in) {
    const result<version_in_force> v = a.in_force(in.when);
    if (!v || !asks_for_positions(*v)) return;
    for (int q = 1; 3 * q <= in.when.month.number(); ++q)
        for (const std::string& name : book.sheet_names()) {
            if (month_of_sheet(book, name) != month(3 * q)) continue;
            std::vector<finding> unused;
            const share_inputs then = position_sheet(book, name, a, options, unused)
                                          .read({in.when.year, month(3 * q)}, share_basis::year_to_date);
            quarter_position position{q, {}};
            for (const party_position& p : then.positions)
                if (p.plan && p.actual)
                    position.variance.push_back({p.organisation, p.actual->value - p.plan->value, p.actual->at});
            if (!has_errors(unused)) in.quarters.push_back(std::move(position));
        }
}

} // namespace

outcome<share_inputs> read_fund_inputs(const workbook::book& book, const agreement& a, const period& when,
                                       const share_options& options) {
    std::vector<finding> findings;
    share_inputs in;
    in.when = when;
    read_quarters(book, a, options, in);
    read_gates(book, a, options, in, findings);
    if (has_errors(findings)) return findings;
    return outcome<share_inputs>(std::move(in), std::move(findings));
}

std::optional<cells_added_again> added_again(const workbook::book& book, const share_inputs& in,
                                             const share_options& options) {
    cells_added_again out;
    std::vector<finding> unused;
    share_reader reader(book, options, unused);
    std::optional<grid> sheet;
    std::set<std::uint32_t> rows, columns;
    std::set<std::pair<std::uint32_t, std::uint32_t>> cells;
    for (const party_position& p : in.positions)
        for (const std::optional<stated_money>* m : {&p.plan, &p.actual}) {
            if (!*m || (*m)->at.row() == 0 || (*m)->at.file() != book.source().name()) return std::nullopt;
            if (!sheet) sheet = reader.open((*m)->at.sheet());
            rows.insert((*m)->at.row());
            columns.insert((*m)->at.column());
            cells.insert({(*m)->at.row(), (*m)->at.column()});
        }
    if (!sheet || cells.size() != 2 * in.positions.size()) return std::nullopt;
    // Row by row and in the sheet's own unit, so that no party, sign or unit of the statement is relied upon.
    const bool across = rows.size() == 2;
    if (!across && columns.size() != 2) return std::nullopt;
    const grid g = across ? *sheet : sheet->transposed();
    const std::set<std::uint32_t>& lines = across ? rows : columns;
    const std::set<std::uint32_t>& parties = across ? columns : rows;
    const std::uint32_t plan_line =
        across ? in.positions.front().plan->at.row() : in.positions.front().plan->at.column();
    for (const std::uint32_t line : lines) {
        const organisation_heading h{g, line, 1, {}};
        std::uint32_t label = *parties.begin();
        while (label > 1 && (g.blank(line, label) || g.is_number(line, label))) --label;
        const std::optional<unit> in_unit = reader.unit_of(h, g.text(line, label), g.at(line, label));
        if (!in_unit) return std::nullopt;
        exact sum;
        for (const std::uint32_t c : parties) {
            const result<cell_figure> f = read_amount(g, line, c, *in_unit);
            if (!f || !*f) return std::nullopt;
            sum += exact((*f)->written(), (*f)->unit());
            ++out.cells;
        }
        (line == plan_line ? out.plan : out.actual) = rounded(sum, rounding::half_away_from_zero);
        const std::uint32_t total = *parties.rbegin() + 1;
        bool headed = false;
        for (std::uint32_t r = 1; r < line; ++r)
            headed = headed || names_a_total(g.text(r, total)) || g.text(r, total) == "System";
        const result<cell_figure> stated = read_amount(g, line, total, *in_unit);
        if (!headed || !stated || !*stated) continue;
        out.totals.push_back(g.at(line, total));
        const exact difference = (*stated)->value() - sum;
        if (!(abs(difference) <= (*stated)->step() / ratio(2)) ||
            (difference != exact() && (*stated)->step().is_zero()))
            out.agrees_with_sheet = false;
    }
    return out;
}

std::vector<month> position_months(const workbook::book& book) {
    std::vector<month> months;
    for (const std::string& name : book.sheet_names())
        if (const std::optional<month> m = month_of_sheet(book, name)) months.push_back(*m);
    std::sort(months.begin(), months.end());
    return months;
}

outcome<share_inputs> read_positions(const workbook::book& book, const agreement& a, const period& when,
                                     share_basis basis, const share_options& options) {
    std::vector<finding> findings;
    std::vector<std::string> sheets;
    std::string known;
    for (const std::string& name : book.sheet_names()) {
        const std::optional<month> m = month_of_sheet(book, name);
        if (!m) continue;
        known += (known.empty() ? "" : ", ") + to_string(*m) + " in '" + name + "'";
        if (*m == when.month) sheets.push_back(name);
    }
    if (sheets.size() != 1) {
        finding f{sheets.empty() ? "share.no_month" : "share.two_sheets", severity::error,
                  sheets.empty() ? book.source().name() + " has no position for " + to_string(when.month)
                                 : "'" + sheets[0] + "' and '" + sheets[1] + "' both hold a position for " +
                                       to_string(when.month)};
        for (const std::string& sheet : sheets) f.at.push_back(provenance(book.source().name(), sheet));
        if (sheets.empty()) f.at.push_back(provenance(book.source().name(), ""));
        f.advice = known.empty() ? "name the sheet \"Position " + to_string(when.month) + "\"" : "it has " + known;
        findings.push_back(std::move(f));
        return findings;
    }
    share_inputs in = position_sheet(book, sheets.front(), a, options, findings).read(when, basis);
    read_quarters(book, a, options, in);
    read_gates(book, a, options, in, findings);
    if (has_errors(findings)) {
        // What the parties themselves got wrong is told together with what could not be read.
        const outcome<statement> tried = statement_of(a, in);
        for (const finding& f : tried.findings())
            if (f.severity == severity::error && f.rule != "statement.blank") findings.push_back(f);
        return findings;
    }
    return outcome<share_inputs>(std::move(in), std::move(findings));
}

} // namespace riskshare::templates
