// Workbooks by fixtures/workbooks/make_finance_reports.py, and the published month 3 where it is at hand.
#include <riskshare/template/finance_report.hpp>

#include "support/figures.hpp"
#include "template/finance_sheet.hpp"

#include <riskshare/llr.hpp>
#include <riskshare/report/position_report.hpp>
#include <riskshare/report/register_report.hpp>

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>

using namespace riskshare;
using test::millions;
using test::thousands;

namespace {

namespace fs = std::filesystem;

templates::read_options options() {
    templates::read_options o;
    o.directory = llr::directory();
    return o;
}

templates::finance_report_result read(const fs::path& file) {
    return templates::read_finance_report(workbook::book::open(file), options());
}
fs::path fixture(const char* name) { return fs::path(RISKSHARE_SOURCE_DIR) / "fixtures/workbooks" / name; }

fs::path shared_month_3() {
    const char* said = std::getenv("RISKSHARE_SHARED");
    const fs::path shared = said != nullptr ? fs::path(said) : fs::path(RISKSHARE_SOURCE_DIR) / "../shared";
    return shared / "workbooks/llr-ics-finance-report-m3-2022-23.xlsx";
}

const position_line& line(const finance_report& r, const std::string& label) {
    for (const position_line& l : r.system.lines())
        if (l.label == label) return l;
    FAIL("no line " << label);
    return r.system.lines().front();
}

std::vector<std::string> errors_of(const std::vector<finding>& findings) {
    std::vector<std::string> out;
    for (const finding& f : findings)
        if (f.severity == severity::error) out.push_back(f.rule + " " + (f.at.empty() ? "" : f.at.front().cell()));
    return out;
}

std::int64_t printed(const cell_figure& f) {
    return rounded(f->value(), unit::thousands, 0, rounding::half_away_from_zero).coefficient();
}

} // namespace

TEST_CASE("finance report: a month 4 workbook is read whole, and has nothing to complain of") {
    const templates::finance_report_result in = read(fixture("finance-report-m4.xlsx"));
    CHECK(errors_of(in.findings).empty());
    for (const finding& f : in.findings) MESSAGE(f.rule << ": " << f.message);
    const finance_report& r = in.report;
    CHECK(r.month == month(4));
    CHECK(r.year == financial_year{2022});
    REQUIRE(r.system.lines().size() == 12);
    CHECK(r.system.bottom_line()->label == "System Surplus/(Deficit)");
    CHECK(r.system.bottom_line()->to_date.actual->value() == thousands("-9020"));
    CHECK(to_string(r.system.bottom_line()->to_date.actual->at()) == "finance-report-m4.xlsx 'I&E'!D24");
    const position::amounts sum = r.system.added_up(r.system.lines().size() - 1, basis::to_date);
    CHECK(sum.plan == thousands("-8000"));
    CHECK(sum.actual == thousands("-9020"));
    CHECK(line(r, "ICB/CCGs Allocation").organisation == "ICB");
    CHECK(line(r, "ICB/CCGs Expenditure Outside of System").nature == line_nature::expenditure);
    CHECK(line(r, "Intra-System Misalignment").organisation.empty());
}

TEST_CASE("finance report: organisations, efficiencies, capital, agency, dashboard and trades of month 4") {
    const finance_report r = read(fixture("finance-report-m4.xlsx")).report;
    REQUIRE(r.organisations.size() == 4);
    CHECK(r.organisations[2].organisation == "ICB");
    CHECK(r.organisations[2].to_date.actual->value() == millions("-0.25"));
    CHECK(r.organisations[3].is_total);
    CHECK(report::system_forecast(r) == millions("-1.2"));
    CHECK(r.organisations[0].one_offs_to_date->value() == millions("2"));
    REQUIRE(r.efficiencies.size() == 4);
    CHECK(r.efficiencies[3].is_total);
    CHECK(r.efficiencies[3].full_year.actual->value() == millions("69.7"));
    REQUIRE(r.capital.has_value());
    CHECK(r.capital->pace_at(r.month)->spent == ratio(3, 20));
    CHECK(r.capital->printed_expired == ratio(1, 3));
    CHECK(r.agency_cap->value() == millions("43"));
    REQUIRE(r.trades.size() == 1);
    CHECK(r.trades[0].mismatch() == thousands("3070"));
    REQUIRE(r.dashboard.size() == 2); // the third row does not say what it measures

    const std::vector<finding> about = review(r);
    std::vector<std::string> rules;
    for (const finding& f : about)
        if (f.severity != severity::note) rules.push_back(f.rule);
    CHECK(rules == std::vector<std::string>{"capital.over_limit", "dashboard.sign_mismatch"});
}

TEST_CASE("finance report: the register of month 4 and its chance of ending inside the control total") {
    const finance_report r = read(fixture("finance-report-m4.xlsx")).report;
    REQUIRE(r.risks.has_value());
    REQUIRE(r.risks->items.size() == 5);
    CHECK(r.risks->items[2].likelihood == ratio(1, 2));
    CHECK(r.risks->items[1].category == "Workforce");
    const register_totals t = r.risks->totals();
    CHECK(t.gross_risk == millions("20"));
    CHECK(t.net() == millions("5"));
    const report::register_outlook o = report::outlook_of(*r.risks, millions("-1.2"));
    CHECK(o.grid == money::pounds(1'000'000));
    CHECK(o.mean == millions("5"));
    // Counted by hand over the 32 outcomes: the net is 2 or more below zero in 31 of 200.
    CHECK(o.inside == chance(31, 200));
    CHECK(review(*r.risks).empty());
}

TEST_CASE("finance report: what cannot be read is named with its cell, and left out") {
    const templates::finance_report_result in = read(fixture("finance-report-doubtful.xlsx"));
    CHECK(errors_of(in.findings) == std::vector<std::string>{"report.two_periods A1", "cell.error C5",
                                                             "number.ambiguous C6", "register.no_gross D5",
                                                             "ratio.malformed E6", "register.kind_unknown C7",
                                                             "register.likelihood E8", "register.no_likelihood E9",
                                                             "table.no_unit B3", "capital.share B4"});
    REQUIRE(in.report.risks.has_value());
    REQUIRE(in.report.risks->items.size() == 1);
    CHECK(in.report.risks->items[0].reference == "R1");
    const bool warned = std::any_of(in.findings.begin(), in.findings.end(),
                                    [](const finding& f) { return f.rule == "position.sub_total_unknown"; });
    CHECK(warned);
}

TEST_CASE("finance report: formulas that add lines of their own column are understood, others are not") {
    CHECK(templates::read_finance_report(workbook::book::open(fixture("finance-report-m4.xlsx")), options())
              .report.system.lines()[9]
              .adds == std::vector<std::size_t>{7, 8});
    using rows = std::vector<std::pair<std::uint32_t, int>>;
    const struct {
        const char* formula;
        rows added; ///< of column B
    } understood[] = {{"SUM(B6:B7)", {{6, 1}, {7, 1}}},
                      {"B8+B10", {{8, 1}, {10, 1}}},
                      {"+$B$8-B10", {{8, 1}, {10, -1}}},
                      {"SUM(B6,B8)-B10", {{6, 1}, {8, 1}, {10, -1}}}};
    for (const auto& u : understood) {
        CAPTURE(u.formula);
        const auto added = templates::detail::rows_added(u.formula, 2);
        REQUIRE(added);
        rows found;
        for (const auto& r : *added) found.emplace_back(r.row, r.sign);
        CHECK(found == u.added);
    }
    for (const char* other : {"SUM(C6:C7)", "B6*2", "SUM(B6:C7)", "AVERAGE(B6:B7)", "IF(B6>0,B6,B7)", "'I&E'!B6",
                              "B6/B7", "SUM(B6:B7)+1", "-1*B6", "VLOOKUP(A1,B6:B7,1)", ""}) {
        CAPTURE(other);
        CHECK_FALSE(templates::detail::rows_added(other, 2));
    }
}

TEST_CASE("finance report: next month's actuals fill typed cells and leave every formula") {
    const fs::path file = fixture("finance-report-m4.xlsx");
    const workbook::book book = workbook::book::open(file);
    const finance_report r = templates::read_finance_report(book, options()).report;
    const templates::filled_actuals filled =
        templates::fill_actuals(book, r,
                                {{"uhl outside system income", thousands("227410.25")},
                                 {"UHL Expenditure", thousands("-231000")},
                                 {"Provider Expenditure", thousands("-1")},
                                 {"No such line", thousands("1")},
                                 {"LPT Expenditure", exact(money::pence(1)) / ratio(3)}});
    REQUIRE(filled.edits.size() == 2);
    CHECK(filled.edits[0].value == "227410.25");
    CHECK(to_string(filled.edits[0].at) == "D6");
    CHECK(filled.findings.size() == 3);
    CHECK(filled.findings[0].rule == "fill.formula");
    CHECK(filled.findings[1].rule == "fill.no_line");
    CHECK(filled.findings[2].rule == "fill.fraction");

    const auto outcome = workbook::apply(book, filled.edits);
    REQUIRE(std::holds_alternative<workbook::patched>(outcome));
    const workbook::book after(std::get<workbook::patched>(outcome).result);
    const finance_report read_again = templates::read_finance_report(after, options()).report;
    CHECK(line(read_again, "UHL Expenditure").to_date.actual->value() == thousands("-231000"));
    CHECK(line(read_again, "LPT Expenditure").to_date.actual->value() == thousands("-22700"));
}

TEST_CASE("finance report: every figure of the published month 3 report comes out of its workbook") {
    if (!fs::exists(shared_month_3())) {
        MESSAGE("skipped: " << shared_month_3().string() << " is not there");
        return;
    }
    const templates::finance_report_result in = read(shared_month_3());
    CHECK(errors_of(in.findings).empty());
    const finance_report& r = in.report;
    CHECK(r.month == month(3));
    struct published {
        const char* label;
        std::int64_t budget, actual;
    };
    const published table[] = {
        {"UHL Outside System Income", 137554, 138032},
        {"LPT Outside System Income", 15878, 18342},
        {"Provider Income Outside of System", 153432, 156374},
        {"CCG Allocation", 486984, 487411},
        {"Total System Allocation", 640416, 643785},
        {"UHL Expenditure", -336991, -335110},
        {"LPT Expenditure", -84432, -86896},
        {"Provider Expenditure", -421423, -422006},
        {"CCG Expenditure Outside of System", -220234, -216599},
        {"Total System Expenditure", -641657, -638605},
        {"Intra-System Misalignment", -3070, -3070},
        {"System Surplus/(Deficit)", -4311, 2110},
    };
    REQUIRE(r.system.lines().size() == std::size(table));
    for (const published& p : table) {
        CAPTURE(p.label);
        CHECK(printed(line(r, p.label).to_date.plan) == p.budget);
        CHECK(printed(line(r, p.label).to_date.actual) == p.actual);
    }
    const auto variance_of = [&](const char* label) {
        return rounded(*variance(line(r, label).to_date), unit::thousands, 0, rounding::half_away_from_zero)
            .coefficient();
    };
    CHECK(variance_of("CCG Expenditure Outside of System") == 3634);
    CHECK(variance_of("Total System Expenditure") == 3051);
    CHECK(variance_of("System Surplus/(Deficit)") == 6421);

    REQUIRE(r.organisations.size() == 4);
    CHECK(variance(r.organisations[0].to_date) == millions("2.4"));
    CHECK(r.organisations[2].organisation == "CCG");
    CHECK(r.organisations[2].to_date.actual->value() == millions("4.1"));

    REQUIRE(r.risks.has_value());
    const register_totals t = r.risks->totals();
    CHECK(t.gross_risk == millions("127.2"));
    CHECK(t.adjusted_risk == millions("74.4"));
    CHECK(t.adjusted_mitigation == millions("25.6"));
    CHECK(t.net() == millions("48.8"));
    CHECK(r.risks->printed.net->value() == millions("48.8"));

    REQUIRE(r.efficiencies.size() == 1);
    CHECK(variance(r.efficiencies[0].full_year) == millions("-1"));
    REQUIRE(r.capital.has_value());
    CHECK(r.capital->pace_at(r.month)->gap_in_points() == ratio(-12));
    CHECK(r.capital->underspend_against_plan->value() == millions("4.5"));
    CHECK(errors_of(review(r)).empty());
}
