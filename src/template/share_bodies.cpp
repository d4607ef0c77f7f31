// Shares what a finance report says of its bodies.
#include "template/share_bodies.hpp"

#include "template/share_parties.hpp"
#include "template/share_sheet.hpp"
#include "template/share_variances.hpp"

#include <riskshare/template/finance_report.hpp>

#include <algorithm>

namespace riskshare::templates {

namespace {

finance_report_result report_of(const workbook::book& book, const agreement& a, const share_options& options,
                                std::optional<month> asked) {
    read_options how;
    std::map<std::string, std::string> parties;
    for (const std::string& party : a.parties())
        if (!options.directory.recognise(party)) parties.emplace(party, party);
    how.directory = options.directory.with_names(parties);
    how.map = options.map;
    how.unit_if_none = options.unit_if_none;
    how.month = asked;
    return read_finance_report(book, how);
}

bool gives_bodies(const finance_report& r) {
    return std::any_of(r.organisations.begin(), r.organisations.end(), [](const organisation_position& o) {
        return !o.is_total && (o.to_date.actual || o.full_year.actual);
    });
}

/// Whether the sheet of the bodies' figures names the month in its name or its first lines.
bool bodies_are_of(const workbook::book& book, const finance_report& r, const month& m) {
    constexpr std::uint32_t title_rows = 6;
    for (const organisation_position& o : r.organisations) {
        const cell_figure& f = o.to_date.actual ? o.to_date.actual : o.full_year.actual;
        if (!f) continue;
        if (month_named_in(f->at().sheet()) == m) return true;
        for (const workbook::cell& c : book.read(f->at().sheet()).cells())
            if (c.at.row <= title_rows && c.kind == workbook::cell_kind::text &&
                month_named_in(std::string(c.text)) == m)
                return true;
    }
    return false;
}

/// Of several months' sheets those of the month that is asked for, where they say so.
finance_report_result report_of_month(const workbook::book& book, const agreement& a, const share_options& options,
                                      std::optional<month> asked) {
    finance_report_result all = report_of(book, a, options, {});
    if (!asked || all.report.month == asked) return all;
    finance_report_result one = report_of(book, a, options, asked);
    if (bodies_are_of(book, one.report, *asked) || !all.report.month) return one;
    return all;
}

class bodies_reader {
public:
    bodies_reader(const agreement& a, const period& when, share_basis basis, const share_options& options)
        : agreement_(a), options_(options) {
        in_.when = when;
        in_.basis = basis;
    }
    outcome<share_inputs> read(const finance_report&, std::vector<finding> before);

private:
    void error(const char* rule, std::string message, const provenance& at, std::string advice) {
        findings_.push_back({rule, severity::error, std::move(message), {at}, std::move(advice)});
    }
    void check_period(const finance_report&, const provenance&);
    void take(const organisation_position&);
    std::optional<stated_money> whole(const cell_figure&);

    const agreement& agreement_;
    const share_options& options_;
    share_inputs in_;
    std::vector<printed_line> printed_;
    std::vector<finding> findings_;
};

std::optional<stated_money> bodies_reader::whole(const cell_figure& f) {
    if (!f) return std::nullopt;
    if (options_.round_to_penny) return whole_pence(*f, *options_.round_to_penny);
    const result<stated_money> exactly = whole_pence(*f);
    if (exactly) return *exactly;
    findings_.push_back(to_finding(exactly.why()));
    return std::nullopt;
}

void bodies_reader::check_period(const finance_report& r, const provenance& at) {
    const period& when = in_.when;
    if (r.month && *r.month != when.month)
        error("share.no_month",
              at.file() + " has no position for " + to_string(when.month) + ": its bodies' figures are of " +
                  to_string(*r.month),
              at, "give the workbook of that month, or ask for --month " + std::to_string(r.month->number()));
    if (r.year && *r.year != when.year)
        error("share.two_years",
              "the agreement is for " + to_string(when.year) + ", and the report is of " + to_string(*r.year), at,
              "give the workbook of that year, or correct its title; an agreement is for one year only");
}

void bodies_reader::take(const organisation_position& o) {
    const plan_and_actual& of = in_.basis == share_basis::forecast ? o.full_year : o.to_date;
    const cell_figure& any = of.plan ? of.plan : of.actual;
    const provenance at = any ? any->at() : provenance();
    const std::optional<party_named> party = party_in(o.organisation, agreement_, options_.directory);
    if (party && !party->surely) findings_.push_back(ask_for_party(o.organisation, party->party, at));
    party_position p{party ? party->party : o.organisation, whole(of.plan), whole(of.actual)};
    p.at = at;
    if (of.plan && of.actual && of.printed_variance)
        printed_.push_back({p.organisation, *of.plan, *of.actual, *of.printed_variance});
    in_.positions.push_back(std::move(p));
}

outcome<share_inputs> bodies_reader::read(const finance_report& r, std::vector<finding> before) {
    for (const organisation_position& o : r.organisations)
        if (!o.is_total) take(o);
    const provenance at = in_.positions.empty() ? provenance() : in_.positions.front().at;
    const provenance place = at.known() ? provenance(at.file(), at.sheet()) : at;
    for (finding& f : before)
        if (f.severity == severity::error) findings_.push_back(std::move(f));
    check_period(r, place);
    compare_variances(printed_, words::variance_sense::unsaid, false, findings_);
    if (has_errors(findings_)) return findings_;
    return outcome<share_inputs>(std::move(in_), std::move(findings_));
}

} // namespace

std::vector<month> months_of_bodies(const workbook::book& book, const agreement& a, const share_options& options,
                                    std::optional<month> asked) {
    const finance_report r = report_of_month(book, a, options, asked).report;
    if (!gives_bodies(r)) return {};
    if (r.month) return {*r.month};
    return asked ? std::vector<month>{*asked} : std::vector<month>{};
}

std::vector<finding> why_no_bodies(const workbook::book& book, const agreement& a, const share_options& options) {
    std::vector<finding> out = report_of(book, a, options, {}).findings;
    std::erase_if(out, [](const finding& f) { return f.severity != severity::error; });
    return out;
}

outcome<share_inputs> positions_of_bodies(const finance_report& r, const agreement& a, const period& when,
                                          share_basis basis, const share_options& options) {
    return bodies_reader(a, when, basis, options).read(r, {});
}

outcome<share_inputs> read_bodies_positions(const workbook::book& book, const agreement& a, const period& when,
                                            share_basis basis, const share_options& options) {
    finance_report_result read = report_of_month(book, a, options, when.month);
    const auto& bodies = read.report.organisations;
    std::erase_if(read.findings, [&](const finding& f) {
        return std::none_of(bodies.begin(), bodies.end(), [&](const organisation_position& o) {
            const cell_figure& figure = o.to_date.actual ? o.to_date.actual : o.full_year.actual;
            return figure && std::any_of(f.at.begin(), f.at.end(),
                                         [&](const provenance& at) { return at.sheet() == figure->at().sheet(); });
        });
    });
    if (!gives_bodies(read.report)) {
        finding f{"share.no_month",
                  severity::error,
                  book.source().name() + " has no position for " + to_string(when.month),
                  {provenance(book.source().name(), "")}};
        f.advice = "name the sheet \"Position " + to_string(when.month) + "\"";
        std::vector<finding> all{std::move(f)};
        for (finding& why : why_no_bodies(book, a, options)) all.push_back(std::move(why));
        return all;
    }
    return bodies_reader(a, when, basis, options).read(read.report, std::move(read.findings));
}

} // namespace riskshare::templates
