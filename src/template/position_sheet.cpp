// Reads the position of a month: the parties' lines, whichever way the sheet lies.
#include "template/finance_sheet.hpp"
#include "template/gate_sheet.hpp"
#include "template/share_bodies.hpp"
#include "template/share_lines.hpp"
#include "template/share_parties.hpp"
#include "template/share_periods.hpp"
#include "template/share_sheet.hpp"
#include "template/share_signs.hpp"

#include <riskshare/asked_measures.hpp>
#include <riskshare/template/layout.hpp>

#include <algorithm>
#include <map>
#include <memory>

namespace riskshare::templates {

namespace {

class position_sheet {
public:
    position_sheet(const workbook::book& book, const std::string& sheet, const agreement& a, const share_options& o,
                   std::vector<finding>& findings)
        : agreement_(a), options_(o), findings_(findings), vocabulary_(words::vocabulary_of(o.map.words)),
          reader_(book, o, findings), grid_(reader_.open(sheet)) {}

    share_inputs read(const period&, share_basis);
    bool names_parties() { return find_heading(); }

private:
    /// A line that counts once: where it stands, what it is called, and what every party's cell prints.
    struct line_read {
        provenance at;
        std::string label;
        std::map<std::size_t, figure> printed = {}; ///< by the party's index
        std::map<std::size_t, stated_money> amounts = {};
    };

    bool find_heading();
    void settle_columns();
    std::vector<sheet_title> titles() const;
    void read_lines(const period&);
    bool is_of_another_period(const std::string& label, const period&) const;
    void read_line(std::uint32_t row, const std::string& label);
    void read_amounts(share_line, std::uint32_t row, const std::string& label, unit);
    void take(share_line, const std::string& label, std::size_t index, const stated_money&);
    /// Whether the line is one that the agreement asks for by name.
    bool read_measure(std::uint32_t row, const std::string& label);
    void take_measure(std::uint32_t row, const asked_measure&, const std::string& label);
    bool read_pool(std::uint32_t row, const std::string& label);
    void settle(share_basis);
    /// Turns deficits that are printed positive, and holds the printed variances against plan and actual.
    void settle_signs(share_line plan, share_line actual, share_line variance);
    std::optional<stated_money> amount_of(share_line, std::size_t party) const;

    const agreement& agreement_;
    const share_options& options_;
    std::vector<finding>& findings_;
    std::shared_ptr<const words::vocabulary> vocabulary_;
    share_reader reader_;
    grid grid_;
    std::optional<organisation_heading> heading_;
    share_inputs in_;
    std::map<share_line, line_read> lines_; ///< both plans and both positions as read; the basis chooses
    std::vector<asked_measure> asked_;
    std::vector<std::string> pools_;
};

bool position_sheet::read_measure(std::uint32_t row, const std::string& label) {
    for (const asked_measure& a : asked_)
        if (label_is_named(label, a.name)) {
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
                if (!party_in(g.text(row, c), agreement_, options_.directory) || !amounts_below(g, row, c)) continue;
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
    settle_columns();
    return true;
}

/// Each column by its party's name. What is no party, no total and has no amounts heads a remark.
void position_sheet::settle_columns() {
    std::vector<organisation_column> kept;
    for (const organisation_column& c : heading_->organisations) {
        const std::string text = grid_.text(heading_->row, c.column);
        const std::optional<party_named> party =
            c.is_total ? std::nullopt : party_in(text, agreement_, options_.directory);
        const bool amounts = amounts_below(grid_, heading_->row, c.column);
        if (!amounts && (c.is_total || !party || !party->surely)) continue;
        kept.push_back(party ? organisation_column{party->party, c.column, false} : c);
        if (party && !party->surely)
            findings_.push_back(ask_for_party(text, party->party, grid_.at(heading_->row, c.column)));
        else if (!party)
            kept.back().is_total = c.is_total || detail::adds_up_bodies(text);
    }
    heading_->organisations = std::move(kept);
}

/// The sheet's name, the texts above the table as the sheet stands, and those in its corner and left of it.
std::vector<sheet_title> position_sheet::titles() const {
    std::vector<sheet_title> out{{grid_.place().sheet(), grid_.place()}};
    const std::uint32_t row = heading_->row, column = heading_->label_column;
    for (std::uint32_t r = 1; r <= grid_.rows(); ++r)
        for (std::uint32_t c = 1; c <= grid_.columns(); ++c) {
            const bool corner = r <= row && c <= column, above = grid_.is_transposed() ? c < column : r < row;
            if ((corner || above) && !grid_.is_number(r, c) && !grid_.blank(r, c))
                out.push_back({grid_.text(r, c), grid_.at(r, c)});
        }
    return out;
}

void position_sheet::take(share_line kind, const std::string& label, std::size_t index, const stated_money& m) {
    const std::string& code = in_.positions[index].organisation;
    switch (kind) {
    case share_line::shortfall:
        in_.shortfalls.back().amounts.push_back({code, m.value, m.at});
        break;
    case share_line::slippage:
        if (!m.value.is_zero()) in_.slippage.push_back({code, label, m.value, m.at});
        break;
    default:
        lines_.at(kind).amounts.insert_or_assign(index, m);
    }
}

void position_sheet::read_line(std::uint32_t row, const std::string& label) {
    if (read_measure(row, label) || read_pool(row, label)) return;
    const share_line kind = share_line_of(label, *vocabulary_);
    const provenance place = grid_.at(row, heading_->label_column);
    if (kind == share_line::other || kind == share_line::of_the_month) {
        if (amounts_below(grid_.transposed(), heading_->label_column, row) || kind == share_line::other)
            reader_.note("share.line_not_read", "\"" + label + "\" is no line of a position and was not read", place);
        return;
    }
    const bool may_repeat = kind == share_line::shortfall || kind == share_line::slippage;
    const bool of_a_party =
        std::any_of(heading_->organisations.begin(), heading_->organisations.end(),
                    [&](const organisation_column& c) { return !c.is_total && !grid_.blank(row, c.column); });
    if (!may_repeat && lines_.count(kind) != 0 && !of_a_party) {
        reader_.note("share.line_not_read", "\"" + label + "\" holds nothing of a party and was not read", place);
        return;
    }
    if (!may_repeat && !lines_.emplace(kind, line_read{place, label}).second) {
        reader_.error("share.duplicate_line",
                      "\"" + label + "\" says the same as the line in " + lines_.at(kind).at.cell(), place,
                      "keep one of them");
        return;
    }
    const std::optional<unit> in = reader_.unit_of(*heading_, label, place);
    if (!in) return;
    if (kind == share_line::shortfall) in_.shortfalls.push_back({scheme_of_shortfall(label), {}, place});
    read_amounts(kind, row, label, *in);
}

void position_sheet::read_amounts(share_line kind, std::uint32_t row, const std::string& label, unit in) {
    const bool of_system = kind == share_line::system_mitigation || kind == share_line::reserve;
    const bool variance = kind == share_line::variance_to_date || kind == share_line::variance_for_year;
    std::size_t index = 0;
    for (const organisation_column& c : heading_->organisations) {
        const std::size_t party = c.is_total ? index : index++;
        if (c.is_total != of_system) continue;
        // Whatever a cell of variances says besides an amount changes nothing.
        const result<cell_figure> printed = read_amount(grid_, row, c.column, in);
        if (printed && *printed && !of_system && lines_.count(kind) != 0)
            lines_.at(kind).printed.emplace(party, **printed);
        if (variance) continue;
        const std::optional<stated_money> m = reader_.amount(grid_, row, c.column, in);
        if (m && of_system)
            (kind == share_line::reserve ? in_.reserve : in_.system_mitigation) = *m;
        else if (m)
            take(kind, label, party, *m);
    }
}

std::optional<stated_money> position_sheet::amount_of(share_line kind, std::size_t party) const {
    const auto line = lines_.find(kind);
    if (line == lines_.end()) return std::nullopt;
    const auto found = line->second.amounts.find(party);
    return found == line->second.amounts.end() ? std::nullopt : std::optional(found->second);
}

void position_sheet::settle_signs(share_line plan, share_line actual, share_line variance) {
    const auto as_printed = [&](share_line kind) {
        line_as_printed out;
        const auto line = lines_.find(kind);
        if (line == lines_.end()) return out;
        out = {line->second.label, line->second.at, {}};
        for (const auto& [party, f] : line->second.printed) out.amounts.push_back(f.value());
        return out;
    };
    words::result_sense of_title = words::result_sense::unsaid;
    for (const sheet_title& t : titles())
        if (const words::result_sense s = words::result_sense_of(t.text); s != words::result_sense::unsaid)
            of_title = s;
    std::vector<printed_line> printed;
    words::variance_sense sense = words::variance_sense::unsaid;
    if (lines_.count(variance) != 0 && lines_.count(plan) != 0 && lines_.count(actual) != 0) {
        sense = words::sense_of(lines_.at(variance).label, true);
        const auto& plans = lines_.at(plan).printed;
        const auto& actuals = lines_.at(actual).printed;
        for (const auto& [party, f] : lines_.at(variance).printed)
            if (plans.count(party) != 0 && actuals.count(party) != 0)
                printed.push_back({in_.positions[party].organisation, plans.at(party), actuals.at(party), f});
    }
    const std::optional<turned_lines> turned =
        deficits_printed_positive(as_printed(plan), as_printed(actual), of_title, printed, sense, findings_);
    if (!turned) return;
    for (const auto& [kind, turns] : {std::pair(plan, turned->plan), std::pair(actual, turned->actual)})
        if (turns && lines_.count(kind) != 0)
            for (auto& [party, m] : lines_.at(kind).amounts) m.value = -m.value;
    if (turned->plan == turned->actual) compare_variances(printed, sense, turned->plan, findings_);
}

/// A figure finer than the year to date is not to be had for efficiency: see the promise in the header.
void position_sheet::settle(share_basis basis) {
    const bool forecast = basis == share_basis::forecast;
    const share_line plan = forecast ? share_line::plan_for_year : share_line::plan_to_date,
                     actual = forecast ? share_line::forecast : share_line::actual_to_date;
    settle_signs(plan, actual, forecast ? share_line::variance_for_year : share_line::variance_to_date);
    bool by_date = false;
    for (std::size_t i = 0; i < in_.positions.size(); ++i) {
        party_position& p = in_.positions[i];
        p.plan = amount_of(plan, i);
        p.actual = amount_of(actual, i);
        p.own_mitigation = amount_of(share_line::own_mitigation, i);
        p.efficiency_target = amount_of(share_line::target_to_date, i);
        p.efficiency_delivered = amount_of(share_line::delivered_to_date, i);
        if (!forecast) continue;
        if (amount_of(share_line::target_for_year, i) && amount_of(share_line::delivery_forecast, i)) {
            p.efficiency_target = amount_of(share_line::target_for_year, i);
            p.efficiency_delivered = amount_of(share_line::delivery_forecast, i);
        } else if (p.efficiency_target) {
            by_date = true;
        }
    }
    if (by_date)
        reader_.note("share.efficiency_to_date",
                     "the sheet gives no forecast of efficiency: what is kept rests on the shortfall to date",
                     grid_.place());
}

/// "Prior year M8", "Month 7 position" over the parties' names once more: what stands below is of another time.
bool position_sheet::is_of_another_period(const std::string& label, const period& when) const {
    return vocabulary_->says(label, words::term::prior_year) ||
           !titles_of_another_period({{label, grid_.place()}}, when).empty();
}

void position_sheet::read_lines(const period& when) {
    bool of_another = false;
    for (std::uint32_t row = heading_->row + 1; row <= grid_.rows(); ++row) {
        const std::string label = grid_.text(row, heading_->label_column);
        std::size_t names = 0;
        for (const organisation_column& c : heading_->organisations)
            names += grid_.text(row, c.column) == grid_.text(heading_->row, c.column) ? 1 : 0;
        if (names == heading_->organisations.size()) of_another = is_of_another_period(label, when);
        if (label.empty()) continue;
        if (!of_another)
            read_line(row, label);
        else if (amount_stands(grid_, row, heading_->organisations.front().column))
            reader_.note("share.line_not_read", "\"" + label + "\" is of another time and was not read",
                         grid_.at(row, heading_->label_column));
    }
}

share_inputs position_sheet::read(const period& when, share_basis basis) {
    in_.when = when;
    in_.basis = basis;
    if (const result<version_in_force> v = agreement_.in_force(when)) {
        asked_ = asked_measures(*v);
        for (const scheme_in_force& scheme : v->schemes)
            if (scheme.scheme.pool) pools_.push_back(scheme.scheme.name);
    }
    if (!find_heading()) return in_;
    for (finding& f : titles_of_another_period(titles(), when)) findings_.push_back(std::move(f));
    for (const organisation_column& c : heading_->organisations) {
        if (c.is_total) continue;
        party_position p{c.code};
        p.at = grid_.at(heading_->row, c.column);
        in_.positions.push_back(std::move(p));
    }
    read_lines(when);
    const std::vector<sheet_title> above = titles();
    const bool one_month = std::any_of(above.begin(), above.end(),
                                       [&](const sheet_title& t) { return speaks_of_one_month(t.text, *vocabulary_); });
    for (const share_line kind : {share_line::plan_to_date, share_line::actual_to_date})
        if (const auto line = lines_.find(kind);
            one_month && line != lines_.end() && !vocabulary_->says(line->second.label, words::term::to_date))
            reader_.error("share.one_month_alone", "\"" + line->second.label + "\" is of one month alone",
                          line->second.at, "give the figures of the year to date, and say so in the label");
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
            if (month_of_position_sheet(book, name) != month(3 * q)) continue;
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

std::vector<month> position_months(const workbook::book& book) {
    std::vector<month> months;
    for (const std::string& name : book.sheet_names())
        if (const std::optional<month> m = month_of_position_sheet(book, name)) months.push_back(*m);
    std::sort(months.begin(), months.end());
    return months;
}

outcome<share_inputs> read_positions(const workbook::book& book, const agreement& a, const period& when,
                                     share_basis basis, const share_options& options) {
    std::vector<finding> findings;
    std::vector<std::string> sheets;
    std::string known;
    for (const std::string& name : book.sheet_names()) {
        const std::optional<month> m = month_of_position_sheet(book, name);
        if (!m) continue;
        known += (known.empty() ? "" : ", ") + to_string(*m) + " in '" + name + "'";
        if (*m == when.month) sheets.push_back(name);
    }
    // A sheet that is called a position and names no party is one of the report's.
    const auto names_no_party = [&](const std::string& sheet) {
        std::vector<finding> unused;
        return !position_sheet(book, sheet, a, options, unused).names_parties();
    };
    if (known.empty() || (!sheets.empty() && std::all_of(sheets.begin(), sheets.end(), names_no_party)))
        return read_bodies_positions(book, a, when, basis, options);
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
