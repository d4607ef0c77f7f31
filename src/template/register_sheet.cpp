// Registers of risks and mitigations, efficiencies, trades, dashboards.
#include "template/finance_sheet.hpp"

#include <algorithm>

namespace riskshare::templates::detail {

using riskshare::detail::folded;
using riskshare::detail::plain;

const shape& register_shape() {
    using holds = field::holds;
    static const shape s{
        "risks and mitigations",
        {
            {"reference",
             {"ref", "reference", "risk ref", "risk reference", "id", "risk id", "no", "number", "ref no", "risk no"},
             holds::label,
             false},
            {"description",
             {"description", "risk description", "detail", "details", "narrative", "title", "name"},
             holds::text,
             false},
            {"owner",
             {"organisation", "organization", "owner", "risk owner", "org", "body", "trust", "lead organisation"},
             holds::text,
             false},
            {"category", {"category", "risk category", "theme", "area"}, holds::text, false},
            {"kind",
             {"risk / mitigation", "risk/mitigation", "risk or mitigation", "type", "kind"},
             holds::text,
             false},
            {"gross", {"gross", "gross risk", "gross value", "gross amount", "gross impact"}, holds::amount, true},
            {"likelihood", {"likelihood", "probability", "chance"}, holds::text, true},
            {"adjusted",
             {"adjusted", "adjusted value", "risk adjusted", "adjusted for likelihood", "weighted",
              "likelihood adjusted", "adjusted risk"},
             holds::amount,
             false},
        }};
    return s;
}

const shape& efficiency_shape() {
    using holds = field::holds;
    static const shape s{
        "efficiencies",
        {
            {"organisation",
             {"organisation", "organization", "org", "body", "trust", "programme", "scheme", "category"},
             holds::label,
             false},
            {"plan", {"plan", "planned", "full year plan", "annual plan"}, holds::amount, true},
            {"forecast", {"forecast", "forecast outturn", "fot", "full year forecast"}, holds::amount, true},
            {"variance", {"variance", "forecast variance"}, holds::amount, false},
        }};
    return s;
}

const shape& trade_shape() {
    using holds = field::holds;
    static const shape s{
        "intra-system trades",
        {
            {"seller", {"seller", "income organisation", "supplier", "provider", "from"}, holds::label, true},
            {"buyer",
             {"buyer", "expenditure organisation", "purchaser", "customer", "commissioner"},
             holds::text,
             true},
            {"income", {"income", "income booked", "seller says", "receivable"}, holds::amount, true},
            {"expenditure", {"expenditure", "expenditure booked", "buyer says", "payable"}, holds::amount, true},
        }};
    return s;
}

const shape& dashboard_shape() {
    using holds = field::holds;
    static const shape s{"dashboard",
                         {
                             {"measure", {"measure", "metric", "indicator", "kpi"}, holds::label, false},
                             {"plan", {"ytd plan", "plan", "target"}, holds::amount, true},
                             {"actual", {"ytd actual", "actual"}, holds::amount, true},
                             {"status",
                              {"compliant by", "compliant by?", "rag", "status", "compliant", "rag rating"},
                              holds::text,
                              false},
                             {"better", {"better when", "better", "polarity", "good is"}, holds::text, false},
                         }};
    return s;
}

result<std::optional<ratio>> read_fraction(const grid& g, std::uint32_t row, std::uint32_t column) {
    using fraction = std::optional<ratio>;
    const workbook::cell* c = g.cell(row, column);
    if (c == nullptr || c->kind == workbook::cell_kind::blank) return fraction{};
    const provenance at = g.at(row, column);
    if (c->kind == workbook::cell_kind::number) {
        const result<decimal> d = decimal_of_stored(c->text);
        if (!d) return failure{d.why().rule, d.why().message, at};
        const result<ratio> r = to_ratio(*d);
        if (!r) return failure{r.why().rule, r.why().message, at};
        return fraction(*r);
    }
    if (c->kind == workbook::cell_kind::error)
        return failure{"cell.error", "the cell holds the error " + c->text + " where a fraction should be", at};
    if (plain(c->text).empty()) return fraction{};
    const result<ratio> r = parse_ratio(plain(c->text));
    if (!r) return failure{r.why().rule, r.why().message, at};
    return fraction(*r);
}

namespace {

std::string text_in(const found_table& t, std::uint32_t row, std::string_view wanted) {
    const found_column* c = t.column(wanted);
    return c == nullptr ? "" : t.grid.text(row, c->column);
}

provenance place_in(const found_table& t, std::uint32_t row, std::string_view wanted) {
    const found_column* c = t.column(wanted);
    return c == nullptr ? t.grid.place() : t.grid.at(row, c->column);
}

/// What a word says an item is; the lines above the table when the row has no word of its own.
std::optional<register_kind> kind_of(const found_table& t, std::uint32_t row) {
    const std::string own = folded(text_in(t, row, "kind"));
    if (own.rfind("mitigat", 0) == 0 || own == "m") return register_kind::mitigation;
    if (own.rfind("risk", 0) == 0 || own == "r") return register_kind::risk;
    if (!own.empty() || t.column("kind") != nullptr) return std::nullopt;
    for (std::uint32_t above = t.first_heading; above-- > 1;)
        for (std::uint32_t c = 1; c <= t.grid.columns(); ++c) {
            const std::string title = folded(t.grid.text(above, c));
            const bool risks = title.find("risk") != std::string::npos;
            const bool mitigations = title.find("mitigation") != std::string::npos;
            if (risks != mitigations) return risks ? register_kind::risk : register_kind::mitigation;
            if (risks) return std::nullopt;
        }
    return std::nullopt;
}

void missing(const found_table& t, std::uint32_t row, const char* field, const std::string& rule,
             const std::string& message, const std::string& advice, std::vector<finding>& findings) {
    findings.push_back({rule, severity::error, message, {place_in(t, row, field)}, advice});
}

/// A row under the register that prints one of its totals; told by its text, whichever column holds it.
bool read_printed_total(const found_table& t, std::uint32_t row, risk_register& into, std::vector<finding>& findings) {
    std::string said;
    for (std::uint32_t c = 1; c <= t.grid.columns() && said.empty(); ++c)
        if (!t.grid.is_number(row, c)) said = folded(t.grid.text(row, c));
    if (said.empty()) return false;
    cell_figure stated = figure_in(t, row, "adjusted", findings);
    if (!stated) stated = figure_in(t, row, "gross", findings);
    const auto says = [&](const char* word) { return said.find(word) != std::string::npos; };
    cell_figure* to = says("net") || says("after mitigation") ? &into.printed.net
                      : says("mitigation")                    ? &into.printed.adjusted_mitigation
                      : says("adjusted")                      ? &into.printed.adjusted_risk
                      : says("gross")                         ? &into.printed.gross_risk
                                                              : nullptr;
    if (to == nullptr) return false;
    if (says("mitigation") && says("gross")) return true; // said, and nothing printed is compared with it
    *to = stated;
    return true;
}

void read_item(const found_table& t, std::uint32_t row, const read_options& options, finance_report& report,
               std::vector<finding>& findings) {
    register_item item;
    item.reference = text_in(t, row, "reference");
    item.description = text_in(t, row, "description");
    item.category = text_in(t, row, "category");
    item.owner = body_named(text_in(t, row, "owner"), options, report);
    item.at = place_in(t, row, "gross");
    const std::string name = item.reference.empty() ? item.description : item.reference;
    const cell_figure gross = figure_in(t, row, "gross", findings);
    item.printed_adjusted = figure_in(t, row, "adjusted", findings);
    const result<std::optional<ratio>> likelihood = read_fraction(t.grid, row, t.column("likelihood")->column);
    const std::optional<register_kind> kind = kind_of(t, row);
    if (!kind)
        missing(t, row, "kind", "register.kind_unknown",
                "\"" + name + "\" is said to be neither a risk nor a mitigation, and was left out",
                "write Risk or Mitigation", findings);
    if (!gross)
        missing(t, row, "gross", "register.no_gross", "\"" + name + "\" has no gross amount, and was left out",
                "give the amount; a blank is not taken for zero", findings);
    if (!likelihood)
        findings.push_back(to_finding(likelihood.why()));
    else if (!*likelihood)
        missing(t, row, "likelihood", "register.no_likelihood", "\"" + name + "\" has no likelihood, and was left out",
                "give the likelihood; none is assumed", findings);
    if (!kind || !gross || !likelihood || !*likelihood) return;
    item.kind = *kind;
    item.gross = gross->value();
    item.likelihood = **likelihood;
    if (item.likelihood < ratio(0) || ratio(1) < item.likelihood) {
        missing(t, row, "likelihood", "register.likelihood",
                "\"" + name + "\" has a likelihood of " + to_percent(item.likelihood) +
                    ", outside 0% to 100%, and was left out",
                "write 60% or 0.6", findings);
        return;
    }
    report.risks->items.push_back(std::move(item));
}

} // namespace

void read_register(const found_table& t, const read_options& options, finance_report& report,
                   std::vector<finding>& findings) {
    if (!report.risks) report.risks.emplace();
    bool under = false;
    for (const found_row& row : t.rows) {
        const bool no_likelihood = text_in(t, row.row, "likelihood").empty();
        const bool unnamed = row.label.empty() || names_a_total(row.label);
        if (no_likelihood && (unnamed || under || text_in(t, row.row, "gross").empty())) {
            under = read_printed_total(t, row.row, *report.risks, findings) || under;
            continue;
        }
        read_item(t, row.row, options, report, findings);
    }
}

void read_efficiencies(const found_table& t, const read_options& options, finance_report& report,
                       std::vector<finding>& findings) {
    const bool alone = t.rows.size() == 1;
    for (const found_row& row : t.rows) {
        const auto get = [&](const char* field) { return figure_in(t, row.row, field, findings); };
        efficiency_line e{body_named(row.label, options, report), {get("plan"), get("forecast"), get("variance")}};
        e.is_total = !alone && e.organisation == row.label && names_a_total(row.label);
        if (e.full_year.plan || e.full_year.actual) report.efficiencies.push_back(std::move(e));
    }
}

void read_trades(const found_table& t, const read_options& options, finance_report& report,
                 std::vector<finding>& findings) {
    for (const found_row& row : t.rows) {
        const cell_figure income = figure_in(t, row.row, "income", findings);
        const cell_figure expenditure = figure_in(t, row.row, "expenditure", findings);
        if (!income && !expenditure) continue;
        intra_system_trade trade{body_named(row.label, options, report),
                                 body_named(text_in(t, row.row, "buyer"), options, report), value_or_zero(income),
                                 value_or_zero(expenditure)};
        trade.at = {place_in(t, row.row, "income"), place_in(t, row.row, "expenditure")};
        if (trade.income.is_negative() || trade.expenditure.is_negative()) {
            findings.push_back({"position.trade_sign", severity::error,
                                "the trade of " + trade.seller + " with " + trade.buyer +
                                    " has a negative side; what each side books is positive here",
                                trade.at, "correct the sign"});
            continue;
        }
        report.trades.push_back(std::move(trade));
    }
}

void read_dashboard(const found_table& t, const read_options&, finance_report& report, std::vector<finding>& findings) {
    for (const found_row& row : t.rows) {
        const std::vector<unit> named = units_in(row.label);
        if (named.size() != 1) continue; // not money: a percentage, a count
        const auto get = [&](const char* field) -> cell_figure {
            const result<cell_figure> f = read_amount(t.grid, row.row, t.column(field)->column, named.front());
            if (f) return *f;
            findings.push_back(to_finding(f.why()));
            return {};
        };
        dashboard_row d{row.label, get("plan"), get("actual")};
        d.printed_status = text_in(t, row.row, "status");
        const std::string better = folded(text_in(t, row.row, "better"));
        if (better == "higher" || better == "high") d.better = better_when::higher;
        if (better == "lower" || better == "low") d.better = better_when::lower;
        report.dashboard.push_back(std::move(d));
    }
}

} // namespace riskshare::templates::detail
