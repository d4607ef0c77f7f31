// The sections and keys of a mapping file, as they are checked and printed.
#include "template/mapping_keys.hpp"

namespace riskshare::templates::detail {

const std::vector<known_key>& table_keys() {
    static const std::vector<known_key> keys = {
        {"sheet", "sheet = \"Efficiencies\"", "only this sheet is searched"},
        {"heading_row", "heading_row = 4", "the last row of the headings"},
        {"last_row", "last_row = 20", "nothing below it is read"},
        {"unit", "unit = \"£000\"", "£, £000 or £m"},
        {"columns", "columns = { organisation = \"A\" }", "which column holds what"},
        {"blocks", "blocks = { plan = \"Revised plan\" }", "of a tracker: the heading above the months that are meant"},
        {"total_rows", "total_rows = [11]", "rows that add up others"},
        {"ignored_rows", "ignored_rows = [12, 13]", "rows that are not read"},
    };
    return keys;
}

const std::vector<known_section>& table_sections() {
    static const std::vector<known_section> sections = {
        {"savings",
         "savings by rating, delivery risk or development status",
         {"organisation", "red", "amber", "green", "unidentified", "total", "risk", "rating", "amount"},
         "columns = { organisation = \"A\", red = \"B\", amber = \"C\", green = \"D\" }"},
        {"status", "savings by development status", {"organisation", "status", "total"}, "sheet = \"Efficiencies\""},
        {"tracker",
         "schemes, a row each; months are plan_m1 … plan_m12, actual_m1 …, forecast_m1 …",
         {"reference",      "name",          "organisation",     "division",         "workstream",   "lead",
          "rating",         "type",          "recurrence",       "cash_effect",      "quality",      "stage",
          "start",          "month",         "row_kind",         "plan_year",        "plan_to_date", "actual_year",
          "actual_to_date", "forecast_year", "full_year_effect", "variance_to_date", "variance_year"},
         "columns = { reference = \"A\", name = \"B\", rating = \"D\", plan_m1 = \"E\" }"},
        {"control_totals",
         "control totals by body",
         {"organisation", "gross", "centralised_funding", "control_total", "net_unmitigated_risk"},
         "columns = { organisation = \"A\", gross = \"B\" }"},
        {"position",
         "statements and positions of a report: to date, of the month, of the year",
         {"line",
          "plan",
          "actual",
          "variance",
          "one_offs",
          "month_plan",
          "month_actual",
          "month_variance",
          "full_year_plan",
          "forecast",
          "full_year_variance",
          "one_offs_full_year",
          "best",
          "likely",
          "worst",
          "full_year_effect",
          "plan_without",
          "actual_without",
          "full_year_plan_without",
          "forecast_without"},
         "columns = { line = \"A\", plan = \"B\", actual = \"C\" }"},
        {"efficiencies",
         "efficiencies by body",
         {"organisation", "plan", "forecast", "variance"},
         "columns = { organisation = \"A\", plan = \"B\", forecast = \"C\" }"},
        {"register",
         "the register of risks",
         {"reference", "description", "owner", "category", "kind", "gross", "likelihood", "adjusted",
          "mitigation_gross", "mitigation_likelihood", "mitigation_adjusted", "mitigation_text"},
         "columns = { description = \"B\", gross = \"C\", likelihood = \"D\" }"},
        {"net_risk",
         "risk, mitigations and net risk by body",
         {"organisation", "gross", "mitigation", "net"},
         "columns = { organisation = \"A\", gross = \"B\", mitigation = \"C\", net = \"D\" }"},
        {"trades",
         "what bodies of the system charge each other",
         {"seller", "buyer", "income", "expenditure"},
         "sheet = \"Intra-system\""},
        {"dashboard",
         "measures with plan, actual and rating",
         {"measure", "plan", "actual", "status", "better", "amber_within", "unit"},
         "sheet = \"Dashboard\""},
        {"run_rate", "a line a month", {"month", "actual", "non_recurrent"}, "sheet = \"Run rate\""},
        {"plan_versions", "versions of the plan, a column a month", {"version", "from"}, "sheet = \"Plan versions\""},
        {"assurance", "a committee's grades", {"report", "grade", "escalated", "risks"}, "sheet = \"Highlights\""},
        {"risk_scores",
         "risks with likelihood and impact",
         {"risk", "reference", "likelihood", "impact", "score"},
         "sheet = \"Risk scores\""},
        {"balances",
         "what bodies owe each other",
         {"counterparty", "what", "income", "expenditure", "receivable", "payable"},
         "sheet = \"Balances\""},
    };
    return sections;
}

const std::vector<known_key>& value_sections() {
    static const std::vector<known_key> sections = {
        {"organisations", "\"City\" = \"LCCCG\"", "a name as typed, and the code of the body that it means"},
        {"ratings", "\"blue\" = \"green\"", "a further rating, and the one that it stands for"},
        {"weights", "red = \"50%\"",
         "what part is at risk: of red, amber, green and unidentified; or of each status, such as \"Opportunity\" = "
         "\"50%\""},
        {"likelihoods", "high = \"75%\"", "what words or scores of a register stand for"},
        {"words", "plan = [\"trajectory\"]", "further words for what headings say"},
    };
    return sections;
}

} // namespace riskshare::templates::detail
