// Net risk body by body: gross risk, mitigations, and what is left, without likelihoods.
#include "template/risk_sheets.hpp"

#include <riskshare/detail/money_text.hpp>

#include <algorithm>

namespace riskshare::templates::detail {

const shape& net_risk_shape() {
    using holds = field::holds;
    static const shape s{
        "net risk by body",
        {
            {"organisation",
             {"organisation", "organization", "body", "trust", "provider", "system partner", "partner", "icb", "system",
              "provider / icb", "organisation name"},
             holds::label,
             false},
            {"gross",
             {"gross risk", "gross risks", "risk", "risks", "total risk", "total risks", "risk before mitigation",
              "risks before mitigations", "unmitigated risk"},
             holds::amount,
             true},
            {"mitigation",
             {"mitigations", "mitigation", "less mitigations", "total mitigations", "less: mitigations",
              "mitigating actions", "identified mitigations"},
             holds::amount,
             true},
            {"net",
             {"net risk", "net risks", "residual risk", "net risk after mitigations", "net unmitigated risk",
              "risk after mitigation", "net position of risk", "remaining risk"},
             holds::amount,
             true},
        }};
    return s;
}

namespace {

/// One row of the table.
struct net_risk_row {
    cell_figure gross, mitigation, net;
    bool given() const { return gross || mitigation || net; }
};

cell_figure by_its_size(const cell_figure& f) {
    return f && f->value().is_negative() ? figure(-f->written(), f->unit(), f->at(), f->places()) : f;
}

/// What the row prints as net against its risk less its mitigations, within half a step of each.
void check_net(const net_risk_row& r, const std::string& label, std::vector<finding>& findings) {
    if (!r.gross || !r.mitigation || !r.net) return;
    const exact left = r.gross->value() - by_its_size(r.mitigation)->value();
    const exact slack = std::min({r.gross->step(), r.mitigation->step(), r.net->step()}) * ratio(3, 2);
    if (abs(r.net->value() - left) <= slack) return;
    findings.push_back({"register.net_by_body",
                        severity::error,
                        "the net risk of " + label + " reads " + riskshare::detail::said(r.net->value()) +
                            "; risk less mitigations is " + riskshare::detail::said(left),
                        {r.net->at(), r.gross->at(), r.mitigation->at()},
                        "correct the figure that is wrong"});
}

void add_item(risk_register& into, register_kind kind, const std::string& owner, const std::string& what,
              const cell_figure& f) {
    if (!f || f->value() == exact()) return;
    register_item item;
    item.description = what;
    item.owner = owner;
    item.kind = kind;
    item.gross = f->value();
    item.likelihood = ratio(1);
    item.at = f->at();
    into.items.push_back(std::move(item));
}

} // namespace

bool read_net_risk(const found_table& t, const read_options& options, finance_report& report,
                   std::vector<finding>& findings) {
    if (report.risks) return false;
    risk_register read;
    std::size_t above = 0, below = 0;
    for (const found_row& row : t.rows) {
        const net_risk_row r{figure_in(t, row.row, "gross", findings), figure_in(t, row.row, "mitigation", findings),
                             figure_in(t, row.row, "net", findings)};
        if (!r.given() || row.kind == row_kind::of_which) continue;
        check_net(r, row.label, findings);
        if (r.mitigation && r.mitigation->value() != exact()) ++(r.mitigation->value().is_negative() ? below : above);
        if (row.kind == row_kind::total || adds_up_bodies(row.label)) {
            read.printed.gross_risk = r.gross;
            read.printed.adjusted_mitigation = by_its_size(r.mitigation);
            read.printed.net = r.net;
            continue;
        }
        const std::string owner = body_named(row.label, options, report);
        add_item(read, register_kind::risk, owner, "Gross risk", r.gross);
        add_item(read, register_kind::mitigation, owner, "Mitigations", by_its_size(r.mitigation));
    }
    if (read.items.empty()) return false;
    if (above != 0 && below != 0)
        findings.push_back({"register.mitigation_signs",
                            severity::error,
                            "some mitigations are written below zero and some above",
                            {t.at()},
                            "write all of them one way"});
    findings.push_back(
        {"register.as_it_stands",
         severity::note,
         "the table gives risk, mitigations and net risk by body and no likelihoods: its figures were "
         "taken as they stand",
         {t.at()},
         "nothing, where they are adjusted for likelihood; else give the register with its likelihoods"});
    report.risks = std::move(read);
    return true;
}

} // namespace riskshare::templates::detail
