// Two partners who disagree about the same trade.
#ifndef RISKSHARE_MISALIGNMENT_HPP
#define RISKSHARE_MISALIGNMENT_HPP

#include <riskshare/detail/money_text.hpp>
#include <riskshare/detail/text.hpp>
#include <riskshare/figure.hpp>
#include <riskshare/finding.hpp>
#include <riskshare/intra_system_trade.hpp>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace riskshare {

/// One line of a body's schedule of what it trades with the others of its system.
struct booked_balance {
    enum class side : std::uint8_t { income, expenditure, receivable, payable };
    std::string organisation, counterparty; ///< organisation codes
    side booked_as = side::income;
    std::string what; ///< empty where the schedule does not say
    figure amount;    ///< positive
};

/// Pairs what a body books as income with what its partner books as expenditure, receivables with payables: by their
/// descriptions, then by equal amounts, then the one that is left on each side. Every line is in exactly one trade; one
/// without a partner stands alone, the other side zero. Lines of one description are added up.
std::vector<intra_system_trade> paired(const std::vector<booked_balance>&);

/// The line that takes the mismatches out of a system's position: what the organisations' own positions hold too much.
/// It stays a line of its own and is never spread over the organisations.
exact misalignment_line(const std::vector<intra_system_trade>&);

/// From which size on a difference between two bodies has to be resolved: the agreement-of-balances guidance sets one
/// for each exercise and kind.
struct balance_threshold {
    exact amount;
    std::string source; ///< "agreement of balances 2021/22, month 12, income and expenditure"
};

/// One finding a trade that does not agree, saying who says what: an error above the threshold, else a warning.
std::vector<finding> review(const std::vector<intra_system_trade>&, const balance_threshold&);

// ---------------------------------------------------------------------------------------------------------------------

inline exact misalignment_line(const std::vector<intra_system_trade>& trades) {
    exact sum;
    for (const intra_system_trade& t : trades) sum += t.mismatch();
    return -sum;
}

inline std::vector<finding> review(const std::vector<intra_system_trade>& trades, const balance_threshold& threshold) {
    std::vector<finding> out;
    for (const intra_system_trade& t : trades) {
        if (t.agrees()) continue;
        const bool over = abs(t.mismatch()) > threshold.amount;
        const std::string of = t.what.empty() ? "" : " for " + t.what;
        const auto side = [&](const std::string& who, const char* as, const exact& amount, const std::string& whom) {
            return who +
                   (amount.is_zero() ? " books no " + std::string(as)
                                     : " books " + std::string(as) + " of " + detail::said(amount)) +
                   whom;
        };
        finding f{"position.misalignment", over ? severity::error : severity::warning,
                  side(t.seller, "income", t.income, " from " + t.buyer) + of + ", " +
                      side(t.buyer, "expenditure", t.expenditure, " to " + t.seller) + ": " +
                      detail::said(abs(t.mismatch())) + " apart, " + (over ? "above" : "within") +
                      " the threshold of " + detail::said(threshold.amount) + " (" + threshold.source + ")"};
        f.at = t.at;
        f.expected = t.expenditure;
        f.found = t.income;
        f.difference = t.mismatch();
        f.verdict = verdict::real;
        f.advice = "let both sides agree on one figure; the difference stays a line of its own until then";
        out.push_back(std::move(f));
    }
    return out;
}

namespace detail {

/// One side of a trade between two bodies.
struct trade_side {
    std::string what;
    exact amount, room;
    std::vector<provenance> at;
    bool taken = false;
};

inline void add_to(std::vector<trade_side>& sides, const booked_balance& b) {
    const std::string what = folded(b.what);
    auto same = std::find_if(sides.begin(), sides.end(), [&](const trade_side& s) { return folded(s.what) == what; });
    if (same == sides.end()) {
        sides.push_back({b.what, {}, {}, {}});
        same = std::prev(sides.end());
    }
    same->amount += b.amount.value();
    same->room += b.amount.step() / ratio(2);
    same->at.push_back(b.amount.at());
}

/// Joins two sides where `match` says so, each with the first that is free.
template <class Match>
void join(const std::string& seller, const std::string& buyer, std::vector<trade_side>& sold,
          std::vector<trade_side>& bought, std::vector<intra_system_trade>& out, Match match) {
    for (trade_side& s : sold)
        for (trade_side& b : bought) {
            if (s.taken || b.taken || !match(s, b)) continue;
            s.taken = b.taken = true;
            intra_system_trade t{seller,         buyer, s.amount, b.amount, s.at, s.what.empty() ? b.what : s.what,
                                 s.room + b.room};
            for (const provenance& p : b.at) t.at.push_back(p);
            out.push_back(std::move(t));
        }
}

} // namespace detail

inline std::vector<intra_system_trade> paired(const std::vector<booked_balance>& lines) {
    using side = booked_balance::side;
    struct between {
        std::string seller, buyer;
        bool balance;
        std::vector<detail::trade_side> sold, bought;
    };
    std::map<std::string, between> pairs;
    for (const booked_balance& b : lines) {
        const bool sells = b.booked_as == side::income || b.booked_as == side::receivable;
        const bool balance = b.booked_as == side::receivable || b.booked_as == side::payable;
        const std::string &seller = sells ? b.organisation : b.counterparty,
                          &buyer = sells ? b.counterparty : b.organisation;
        between& p = pairs[seller + '\0' + buyer + (balance ? "\1" : "")];
        p.seller = seller, p.buyer = buyer, p.balance = balance;
        detail::add_to(sells ? p.sold : p.bought, b);
    }
    std::vector<intra_system_trade> out;
    for (auto& pair : pairs) {
        between& p = pair.second;
        const std::string &seller = p.seller, &buyer = p.buyer;
        const std::size_t before = out.size();
        using detail::trade_side;
        detail::join(seller, buyer, p.sold, p.bought, out, [](const trade_side& s, const trade_side& b) {
            return detail::folded(s.what) == detail::folded(b.what);
        });
        detail::join(seller, buyer, p.sold, p.bought, out,
                     [](const trade_side& s, const trade_side& b) { return s.amount == b.amount; });
        const auto is_free = [](const trade_side& s) { return !s.taken; };
        if (std::count_if(p.sold.begin(), p.sold.end(), is_free) == 1 &&
            std::count_if(p.bought.begin(), p.bought.end(), is_free) == 1)
            detail::join(seller, buyer, p.sold, p.bought, out,
                         [](const trade_side&, const trade_side&) { return true; });
        for (const trade_side& s : p.sold)
            if (!s.taken) out.push_back({seller, buyer, s.amount, {}, s.at, s.what, s.room});
        for (const trade_side& b : p.bought)
            if (!b.taken) out.push_back({seller, buyer, {}, b.amount, b.at, b.what, b.room});
        for (std::size_t i = before; p.balance && i < out.size(); ++i)
            out[i].what = (out[i].what.empty() ? "" : out[i].what + ", ") + std::string("receivable against payable");
    }
    return out;
}

} // namespace riskshare

#endif
