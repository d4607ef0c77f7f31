// Cash: what a body opened and closed with, what came in and went out, for how many days it lasts, support asked for.
#ifndef RISKSHARE_CASH_HPP
#define RISKSHARE_CASH_HPP

#include <riskshare/counted.hpp>
#include <riskshare/detail/footing.hpp>
#include <riskshare/figure.hpp>
#include <riskshare/finding.hpp>
#include <riskshare/period.hpp>

#include <optional>
#include <string>
#include <vector>

namespace riskshare {

/// One body's cash at the end of one month, as planned, as it was, or as it is forecast. What the table does not give
/// stays blank. A balance is positive where there is money, negative where the account is overdrawn.
/// Source: NHS England's monthly provider return; the cash table of a board's finance paper.
struct cash_balance {
    std::string organisation = {};              ///< empty where nothing says whose it is
    std::string name = {};                      ///< of an account or a division, where the table has such lines
    std::optional<riskshare::month> month = {}; ///< nothing: the month of the report
    stated_as stated = stated_as::actual;
    cell_figure opening = {}, receipts = {}, payments = {}; ///< payments as the table prints them, of either sign
    cell_figure movement = {};                              ///< a net inflow is positive
    cell_figure closing = {};
    cell_figure support = {}; ///< asked for or received, positive
    cell_count days = {};     ///< of operating spending that the balance covers
    bool is_total = false;    ///< adds up bodies: never to be added to them
};

/// What moved the balance: as printed, else receipts less payments; nothing where neither is given.
std::optional<exact> movement(const cash_balance&);

/// A balance that is not the opening one and its movement ("cash.balance"), a month that does not open with what the
/// month before closed with ("cash.carried"), a total that its bodies do not give ("cash.total").
std::vector<finding> review(const std::vector<cash_balance>&);

// ---------------------------------------------------------------------------------------------------------------------

inline std::optional<exact> movement(const cash_balance& c) {
    if (c.movement) return c.movement->value();
    if (!c.receipts || !c.payments) return std::nullopt;
    return c.receipts->value() - abs(c.payments->value());
}

namespace detail {

inline std::string cash_of(const cash_balance& c, const char* what) {
    std::string text = "cash";
    if (!c.organisation.empty()) text += " of " + c.organisation;
    if (!c.name.empty()) text += ", " + c.name;
    if (c.month) text += ", " + to_string(*c.month);
    return text + ", " + to_string(c.stated) + ": the " + what;
}

inline bool same_account(const cash_balance& a, const cash_balance& b) {
    return a.organisation == b.organisation && a.name == b.name && a.is_total == b.is_total;
}

inline void review_totals(const std::vector<cash_balance>& all, const cash_balance& total, std::vector<finding>& out) {
    for (auto of : {&cash_balance::opening, &cash_balance::receipts, &cash_balance::payments, &cash_balance::movement,
                    &cash_balance::closing, &cash_balance::support}) {
        if (!(total.*of)) continue;
        std::vector<figure> parts;
        bool all_given = true;
        for (const cash_balance& c : all) {
            if (c.is_total || c.month != total.month || c.stated != total.stated) continue;
            all_given = all_given && c.*of;
            if (c.*of) parts.push_back(*(c.*of));
        }
        if (all_given && parts.size() > 1)
            check_footing("cash.total", cash_of(total, "total"), *(total.*of), parts, out);
    }
}

} // namespace detail

inline std::vector<finding> review(const std::vector<cash_balance>& all) {
    std::vector<finding> out;
    for (const cash_balance& c : all) {
        const std::optional<exact> moved = movement(c);
        if (c.opening && c.closing && moved) {
            std::vector<figure> parts{*c.opening};
            for (const cell_figure* f : {&c.movement, &c.receipts, &c.payments})
                if (*f && (c.movement ? f == &c.movement : true)) parts.push_back(**f);
            detail::check_equal("cash.balance", detail::cash_of(c, "closing balance"), *c.closing,
                                c.opening->value() + *moved, parts, out);
        }
        if (c.is_total) detail::review_totals(all, c, out);
        for (const cash_balance& next : all)
            if (c.month && next.month && next.month->number() == c.month->number() + 1 && c.closing && next.opening &&
                next.stated == c.stated && detail::same_account(c, next))
                detail::check_equal("cash.carried", detail::cash_of(next, "opening balance"), *next.opening,
                                    c.closing->value(), {*c.closing}, out);
    }
    return out;
}

} // namespace riskshare

#endif
