// Versions of a plan, the run rate, what a committee is assured of, and scored risks.
#include "template/finance_sheet.hpp"

#include "template/words/months.hpp"

#include <algorithm>

namespace riskshare::templates::detail {

std::optional<month> month_headed(const std::string& heading) {
    const std::optional<month_label> m = words::month_alone(heading);
    return m ? std::optional(m->month) : std::nullopt;
}

namespace {

std::string month_id(int number) { return "m" + std::to_string(number); }

void refuse_cell(std::vector<finding>& findings, const char* rule, const std::string& message, const provenance& at,
                 const char* advice) {
    findings.push_back({rule, severity::error, message, {at}, advice});
}

} // namespace

const shape& plan_version_shape() {
    using holds = field::holds;
    static const shape s = [] {
        shape made{"plan versions",
                   {{"version", {"plan version", "version", "plan"}, holds::label, false, {}},
                    {"from",
                     {"measured from", "in force from", "from month", "from", "effective from"},
                     holds::text,
                     true,
                     {}}}};
        for (int m = 1; m <= 12; ++m) {
            field f{month_id(m), {}, holds::amount, true, {}};
            f.reads = [m](const std::string& heading) {
                const std::optional<month> named = month_headed(heading);
                return named && named->number() == m ? 100 : 0;
            };
            made.fields.push_back(std::move(f));
        }
        return made;
    }();
    return s;
}

bool read_plan_versions(const found_table& t, const read_options&, finance_report& report,
                        std::vector<finding>& findings) {
    std::vector<plan_version> versions;
    const std::size_t before = findings.size();
    for (const found_row& row : t.rows) {
        plan_version v{row.label, month(1), {}};
        const std::optional<month> from = month_headed(text_in(t, row.row, "from"));
        if (!from)
            refuse_cell(findings, "plan.from_month",
                        "\"" + text_in(t, row.row, "from") + "\" is no month from which \"" + row.label + "\" runs",
                        place_in(t, row.row, "from"), "write M4, or Jul-22");
        else
            v.measured_from = *from;
        for (int m = 1; m <= 12; ++m) {
            const std::string id = month_id(m);
            const std::size_t told = findings.size();
            const cell_figure f = figure_in(t, row.row, id, findings);
            if (f)
                v.months[static_cast<std::size_t>(m - 1)] = f->value();
            else if (findings.size() == told)
                refuse_cell(findings, "plan.blank_month",
                            "\"" + row.label + "\" has no amount for " + to_string(month(m)) + "; a blank is not zero",
                            place_in(t, row.row, id), "give every month of a version");
        }
        versions.push_back(std::move(v));
    }
    if (findings.size() != before) return false;
    try {
        report.plans = plan_history(std::move(versions));
    } catch (const precondition_violated& e) {
        refuse_cell(findings, "plan.order", e.what(), t.at(),
                    "the first version runs from M1, each later one from a later month");
        return false;
    }
    return true;
}

const shape& run_rate_shape() {
    using holds = field::holds;
    static const shape s{
        "run rate",
        {{"month", {"month", "period"}, holds::label, false, {}},
         {"actual", {"actual", "in month actual", "month actual", "surplus", "position"}, holds::amount, true, {}},
         {"non_recurrent",
          {"non recurrent", "of which non recurrent", "non recurrent items", "one offs", "one off"},
          holds::amount,
          true,
          {}}}};
    return s;
}

bool read_run_rate(const found_table& t, const read_options&, finance_report& report, std::vector<finding>& findings) {
    for (const found_row& row : t.rows) {
        const std::optional<month> m = month_headed(row.label);
        const cell_figure actual = figure_in(t, row.row, "actual", findings);
        const cell_figure one_offs = figure_in(t, row.row, "non_recurrent", findings);
        if (!m || !actual) continue; // a total, or a month to come
        const int expected = static_cast<int>(report.months.size()) + 1;
        if (m->number() != expected) {
            refuse_cell(findings, "run_rate.order",
                        "the run rate goes on with " + to_string(*m) + " where M" + std::to_string(expected) +
                            " should be",
                        place_in(t, row.row, "month"), "give every month from M1 on, once");
            return false;
        }
        if (!one_offs) {
            refuse_cell(findings, "run_rate.no_split",
                        to_string(*m) + " does not say what is non-recurrent; a blank is not zero",
                        place_in(t, row.row, "non_recurrent"), "write 0 where nothing is");
            return false;
        }
        report.months.push_back({*m, actual->value(), one_offs->value(), place_in(t, row.row, "actual")});
    }
    return !report.months.empty();
}

const shape& assurance_shape() {
    using holds = field::holds;
    static const shape s{
        "assurance",
        {{"report", {"report", "item", "agenda item", "area", "subject"}, holds::label, false, {}},
         {"grade",
          {"assurance level", "level of assurance", "strength of assurance", "assurance", "assurance grade"},
          holds::text,
          true,
          {}},
         {"escalated",
          {"matters for escalation", "matters for committee escalation", "escalation", "escalated"},
          holds::text,
          false,
          {}},
         {"risks", {"risks to escalate", "risks"}, holds::text, false, {}}}};
    return s;
}

bool read_assurance(const found_table& t, const read_options&, finance_report& report, std::vector<finding>& findings) {
    for (std::uint32_t row = t.last_heading + 1; row <= t.grid.rows(); ++row) {
        const std::string label = text_in(t, row, "report"), grade = text_in(t, row, "grade");
        if (label.empty() || grade.empty()) continue;
        const result<assurance_grade> read = parse_assurance(grade);
        if (!read) {
            findings.push_back(
                {"assurance.unknown",
                 severity::warning,
                 "\"" + label + "\" is graded \"" + grade + "\", which is no strength of assurance; it was left out",
                 {place_in(t, row, "grade")},
                 "write Low, Medium or High; a colour alone could be a delivery rating"});
            continue;
        }
        report.assurance.push_back({label, *read, text_in(t, row, "escalated"), text_in(t, row, "risks")});
    }
    return !report.assurance.empty();
}

const shape& score_shape() {
    using holds = field::holds;
    static const shape s{
        "risk scores",
        {{"risk", {"risk", "description", "risk description", "risk title"}, holds::label, false, {}},
         {"reference", {"ref", "reference", "risk ref", "id", "no", "number"}, holds::text, false, {}},
         {"likelihood", {"likelihood", "l"}, holds::text, true, {}},
         {"impact", {"impact", "consequence", "severity", "i", "c"}, holds::text, true, {}},
         {"score", {"score", "risk score", "rating", "current score", "l x i", "l x c"}, holds::text, false, {}}}};
    return s;
}

bool read_scores(const found_table& t, const read_options&, finance_report& report, std::vector<finding>& findings) {
    const auto whole = [](const std::string& text) -> std::optional<int> {
        const result<decimal> d = parse_decimal(text);
        if (!d || d->places() > 0 || d->coefficient() < 0 || d->coefficient() > 100) return std::nullopt;
        return static_cast<int>(rounded(exact(*d, unit::pounds), rounding::toward_zero).pence() / 100);
    };
    for (std::uint32_t row = t.last_heading + 1; row <= t.grid.rows(); ++row) {
        const std::string likelihood = text_in(t, row, "likelihood"), impact = text_in(t, row, "impact");
        if (likelihood.empty() && impact.empty()) continue;
        scored_risk s{text_in(t, row, "reference"), text_in(t, row, "risk")};
        s.at = place_in(t, row, "likelihood");
        const std::string name = "\"" + (s.reference.empty() ? s.description : s.reference) + "\"";
        const std::optional<int> l = whole(likelihood), i = whole(impact);
        const result<risk_score> made = risk_score::of(l.value_or(0), i.value_or(0));
        if (!l || !i || !made) {
            refuse_cell(findings, "risk_score.out_of_range",
                        name + " is scored \"" + likelihood + "\" by \"" + impact + "\", off the five-by-five grid",
                        s.at, "score likelihood and impact from 1 to 5");
            continue;
        }
        s.made_of = *made;
        s.score = made->value();
        const std::string printed = text_in(t, row, "score");
        if (!printed.empty() && whole(printed) != s.score)
            refuse_cell(findings, "risk_score.product",
                        name + " prints a score of " + printed + "; " + likelihood + " by " + impact + " is " +
                            std::to_string(s.score),
                        place_in(t, row, "score"), "correct the score, or the two it is made of");
        report.scores.push_back(std::move(s));
    }
    return !report.scores.empty();
}

} // namespace riskshare::templates::detail
