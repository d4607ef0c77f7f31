// Trades between organisations of one system, as each side books them.
#include "template/finance_sheet.hpp"

namespace riskshare::templates::detail {

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

bool read_trades(const found_table& t, const read_options& options, finance_report& report,
                 std::vector<finding>& findings) {
    for (const found_row& row : t.rows) {
        if (names_a_total(row.label)) continue;
        const cell_figure income = figure_in(t, row.row, "income", findings);
        const cell_figure expenditure = figure_in(t, row.row, "expenditure", findings);
        if (!income && !expenditure) continue;
        intra_system_trade trade{
            body_at(row.label, place_in(t, row.row, "seller"), options, report, findings),
            body_at(text_in(t, row.row, "buyer"), place_in(t, row.row, "buyer"), options, report, findings),
            value_or_zero(income), value_or_zero(expenditure)};
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
    return true;
}

} // namespace riskshare::templates::detail
