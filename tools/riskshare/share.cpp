#include "load.hpp"
#include "workbook_input.hpp"

#include <riskshare/agreement_document.hpp>
#include <riskshare/llr.hpp>
#include <riskshare/report/statement_page.hpp>
#include <riskshare/template/mapping.hpp>
#include <riskshare/template/share_workbook.hpp>

#include <algorithm>

namespace riskshare::tool {

namespace {

using templates::share_options;

/// One run of the command: reads, computes, and keeps everything that should be told.
class sharing {
public:
    sharing(const share_command_options& o, console& to) : options_(o), to_(to) {}
    int run();

private:
    bool prepare();
    std::optional<agreement> agreed();
    std::optional<month> month_asked() const;
    std::optional<statement> computed(const workbook::book&, const agreement&, month, share_basis, bool quietly);
    void add_movement(report::statement_report&);
    void add_forecast(report::statement_report&);
    int fill(const statement&);
    int share_by_cause();
    int refuse();
    int finish(const std::string& page, const std::string& json, std::vector<finding>);
    const workbook::book* positions() const;
    void take(const std::vector<finding>& more) { findings_.insert(findings_.end(), more.begin(), more.end()); }

    const share_command_options& options_;
    console& to_;
    share_options reading_;
    std::vector<workbook::book> books_;
    std::vector<finding> findings_;
};

bool sharing::prepare() {
    std::vector<organisation> known = llr::directory().all();
    if (!options_.map.empty()) {
        const result<templates::mapping> map = templates::parse_mapping(read_bytes(options_.map), options_.map);
        if (!map) throw input_refused(map.why().rule, map.why().message);
        for (const auto& [typed, code] : map->organisations) {
            const std::string& wanted = code;
            const auto found =
                std::find_if(known.begin(), known.end(), [&wanted](const organisation& o) { return o.code == wanted; });
            if (found != known.end())
                found->aliases.push_back(typed);
            else
                known.push_back({code, code, {typed}});
        }
    }
    result<organisation_directory> directory = organisation_directory::of(std::move(known));
    if (!directory) throw input_refused(directory.why().rule, directory.why().message);
    reading_.directory = std::move(directory).value();
    if (!options_.unit.empty()) {
        reading_.unit_if_none = parse_unit(options_.unit);
        if (!reading_.unit_if_none) {
            to_.talk << "riskshare: \"" << options_.unit << "\" is no unit; write £, £000 or £m\n";
            return false;
        }
    }
    if (options_.round_to_penny) reading_.round_to_penny = rounding::half_away_from_zero;
    for (const std::string& code : options_.consents) reading_.scheme_consents.push_back({code});
    for (const std::string& file : options_.files) books_.push_back(open_book(file));
    return true;
}

const workbook::book* sharing::positions() const {
    for (const workbook::book& b : books_)
        if (!templates::position_months(b).empty()) return &b;
    return nullptr;
}

std::optional<agreement> sharing::agreed() {
    std::optional<outcome<agreement>> made;
    if (!options_.agreement.empty()) {
        made = read_agreement(read_bytes(options_.agreement), options_.agreement);
    } else {
        for (const workbook::book& b : books_) {
            if (!templates::has_agreement(b)) continue;
            outcome<agreement_paper> paper = templates::read_agreement_sheet(b, reading_);
            take(paper.findings());
            if (!paper) return std::nullopt;
            made = agreement::made_from(std::move(paper).value());
            break;
        }
        if (!made)
            findings_.push_back({"agreement.no_sheet",
                                 severity::error,
                                 "no agreement is given, and no workbook has a sheet called Agreement",
                                 {},
                                 "give one with --agreement A.toml"});
    }
    if (!made) return std::nullopt;
    take(made->findings());
    return *made ? std::optional<agreement>(std::move(*made).value()) : std::nullopt;
}

std::optional<month> sharing::month_asked() const {
    if (options_.month != 0) return month(options_.month);
    const workbook::book* book = positions();
    const std::vector<month> months = book ? templates::position_months(*book) : std::vector<month>{};
    return months.size() == 1 ? std::optional(months.front()) : std::nullopt;
}

std::optional<statement> sharing::computed(const workbook::book& book, const agreement& a, month m, share_basis basis,
                                           bool quietly) {
    const outcome<share_inputs> in = templates::read_positions(book, a, {a.year(), m}, basis, reading_);
    if (!quietly) take(in.findings());
    if (!in) return std::nullopt;
    outcome<statement> s = statement_of(a, *in);
    if (!quietly) take(s.findings());
    return s ? std::optional<statement>(std::move(s).value()) : std::nullopt;
}

/// Against the same month in an earlier file, or the month before in this one.
void sharing::add_movement(report::statement_report& r) {
    const month now = r.statement.when.month;
    const bool elsewhere = !options_.since.empty();
    const workbook::book book = elsewhere ? open_book(options_.since) : *positions();
    const std::vector<month> months = templates::position_months(book);
    const auto has = [&](month m) { return std::find(months.begin(), months.end(), m) != months.end(); };
    std::optional<month> then;
    if (elsewhere && has(now)) then = now;
    if (!then && now > month(1) && has(month(now.number() - 1))) then = month(now.number() - 1);
    if (!then) {
        if (elsewhere)
            findings_.push_back({"share.no_month",
                                 severity::error,
                                 options_.since + " has no position for " + to_string(now) + " or the month before",
                                 {},
                                 "give the workbook that the earlier statement was made from"});
        return;
    }
    const std::optional<statement> before = computed(book, r.agreement, *then, r.statement.basis, !elsewhere);
    if (before) r.movement = movement_between(*before, r.statement);
}

void sharing::add_forecast(report::statement_report& r) {
    const statement& s = r.statement;
    const bool forecast_asked = s.basis == share_basis::forecast;
    if (!forecast_asked && s.applied())
        r.forecast = computed(*positions(), r.agreement, s.when.month, share_basis::forecast, true);
    const bool due = s.stage == stage::year_end_recommendation || s.stage == stage::monthly_with_update;
    if (!due || (!forecast_asked && !r.forecast)) return;
    std::vector<consent> consents;
    for (const std::string& code : options_.consents) consents.push_back({code});
    const result<recommendation> made = recommended(r.agreement, forecast_asked ? s : *r.forecast, consents);
    if (made)
        r.recommendation = *made;
    else if (made.why().rule == "recommendation.consent")
        r.recommendation_refused = made.why().message;
    else
        findings_.push_back(to_finding(made.why()));
}

int sharing::refuse() {
    if (options_.json) to_.out << report::refused_statement_json(findings_);
    if (!options_.json && has_errors(findings_)) to_.talk << "Nothing was computed.\n";
    print(to_, findings_);
    return found_errors;
}

int sharing::finish(const std::string& page, const std::string& json, std::vector<finding> findings) {
    to_.out << (options_.json ? json : page);
    if (!options_.verbose) std::erase_if(findings, [](const finding& f) { return f.severity == severity::note; });
    if (!findings.empty()) print(to_, findings);
    return status_of(findings);
}

int sharing::fill(const statement& s) {
    const auto has_statement = [](const workbook::book& b) {
        return std::any_of(b.defined_names().begin(), b.defined_names().end(),
                           [](const workbook::defined_name& d) { return d.name == "Statement_Variance"; });
    };
    const auto found = std::find_if(books_.begin(), books_.end(), has_statement);
    const workbook::book& book = found == books_.end() ? *positions() : *found;
    const outcome<std::vector<workbook::edit>> edits = templates::statement_edits(book, s, reading_);
    if (!edits) {
        print(to_, edits.findings());
        return found_errors;
    }
    const std::variant<workbook::patched, workbook::refused_edits> done = workbook::apply(book, *edits);
    if (const auto* refusal = std::get_if<workbook::refused_edits>(&done)) {
        std::vector<finding> why;
        for (const failure& f : refusal->failures) why.push_back(to_finding(f));
        print(to_, why);
        return found_errors;
    }
    const workbook::patched& filled = std::get<workbook::patched>(done);
    filled.result.save(options_.fill);
    to_.talk << "Filled " << filled.summary.cells.size() << " cells; saved as " << options_.fill << "\n";
    for (const std::string& sentence : filled.summary.consequences) to_.talk << "  " << sentence << "\n";
    return fine;
}

int sharing::share_by_cause() {
    for (const workbook::book& b : books_) {
        if (!templates::has_handover_hours(b)) continue;
        const outcome<cause_period> period = templates::read_handover_hours(b, reading_);
        take(period.findings());
        if (!period) return refuse();
        const outcome<cause_share> shared = shared_by_cause(*period);
        take(shared.findings());
        if (!shared) return refuse();
        return finish(report::cause_share_page(*shared, to_.out_colour), report::cause_share_json(*shared, findings_),
                      findings_);
    }
    findings_.push_back({"share.no_positions",
                         severity::error,
                         "no workbook has a position of a month, or hours lost by cause",
                         {},
                         "name its sheet \"Position M4\""});
    return refuse();
}

int sharing::run() {
    if (!prepare()) return wrong_use;
    if (positions() == nullptr) return share_by_cause();
    std::optional<agreement> a = agreed();
    const std::optional<month> m = month_asked();
    if (!m)
        findings_.push_back({"share.no_month",
                             severity::error,
                             "the workbook has positions of several months",
                             {},
                             "say which with --month"});
    if (!a || !m) return refuse();
    const share_basis basis = options_.basis == "forecast" ? share_basis::forecast : share_basis::year_to_date;
    std::optional<statement> s = computed(*positions(), *a, *m, basis, false);
    if (!s) return refuse();
    report::statement_report r{std::move(*a), std::move(*s)};
    add_movement(r);
    add_forecast(r);
    if (has_errors(findings_)) return refuse();
    r.findings = findings_;
    if (!options_.fill.empty())
        if (const int status = fill(r.statement); status != fine) return status;
    return finish(report::statement_page(r, to_.out_colour), report::statement_json(r), findings_);
}

} // namespace

int run_share(const share_command_options& o, console& to) { return sharing(o, to).run(); }

} // namespace riskshare::tool
