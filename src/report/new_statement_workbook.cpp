#include <riskshare/report/new_workbook.hpp>

#include "report/book_maker.hpp"

#include <algorithm>
#include <numeric>

namespace riskshare::report {

namespace {

using workbook::address;
using workbook::range;

/// Beyond this a spreadsheet no longer counts in whole numbers.
constexpr std::int64_t largest_whole_number = std::int64_t{1} << 53;

decimal in_pounds(money m) { return decimal(m.pence(), -2).normalised(); }

/// A share as a decimal where it ends soon; otherwise nothing.
std::optional<decimal> ending(const ratio& r) {
    std::int64_t power = 1;
    for (int places = 0; places <= 9; ++places, power *= 10)
        if (power % r.denominator() == 0) return decimal(r.numerator() * (power / r.denominator()), -places);
    return std::nullopt;
}

/// The smallest number by which all shares become whole; nothing when that passes what a spreadsheet counts.
std::optional<std::int64_t> common_denominator(const std::vector<ratio>& shares, std::int64_t steps) {
    std::int64_t common = 1;
    for (const ratio& s : shares) {
        const std::int64_t factor = s.denominator() / std::gcd(common, s.denominator());
        if (factor > largest_whole_number / common) return std::nullopt;
        common *= factor;
    }
    if (steps != 0 && common > largest_whole_number / steps) return std::nullopt;
    return common;
}

/// Writes the sheets one after the other; each knows the rows of those before it.
class statement_workbook {
public:
    statement_workbook(const agreement& a, const share_inputs& in, const statement& s)
        : agreement_(a), in_(in), s_(s), version_(*a.in_force(in.when)),
          count_(static_cast<std::uint32_t>(a.parties().size())), system_(count_ + 2) {}

    workbook::package made() {
        typed_ = !can_be_formulas();
        statement_sheet();
        position_sheet();
        agreement_sheet();
        if (!typed_) working_sheet();
        return book_.made();
    }

private:
    bool can_be_formulas() const;
    void statement_sheet();
    void own_lines();
    void shared_lines();
    void system_lines();
    void typed_system_lines();
    void checks();
    /// A line of the statement by formula, and one that is typed in; named for those who look for it.
    template <class Formula>
    void line(std::uint32_t row, const std::string& label, const std::string& name, look, const Formula&);
    void typed(std::uint32_t row, const std::string& label, const std::string& name, money statement_line::*);
    void position_sheet();
    void agreement_sheet();
    void working_sheet();
    /// How the parts of an amount follow from weights, row by row; gives the row after them.
    std::uint32_t division(std::uint32_t row, const std::string& what, const std::string& amount,
                           const std::vector<std::string>& weights);
    std::string kept_formula(std::uint32_t column) const;
    std::string share_formula(std::uint32_t column) const;

    static std::string cell(std::uint32_t row, std::uint32_t column) { return to_string(address{row, column}); }
    void heading(std::uint32_t row, const std::string& corner) {
        book_.text({row, 1}, corner, look::heading);
        for (std::uint32_t i = 0; i < count_; ++i) book_.text({row, i + 2}, s_.lines[i].organisation, look::heading);
        book_.text({row, system_}, "System", look::heading);
    }
    void sum(std::uint32_t row, look l = look::amount) { book_.formula({row, system_}, "SUM(" + across(row) + ")", l); }
    std::string across(std::uint32_t row) const { return to_string(range{{row, 2}, {row, system_ - 1}}); }
    std::string position(std::uint32_t row, std::uint32_t column) const {
        return "'" + position_name() + "'!" + to_string(address{row, column});
    }
    std::string position_name() const { return "Position " + to_string(in_.when.month); }
    static std::string term(std::uint32_t row, std::uint32_t column) {
        return "Agreement!" + to_string(address{row, column});
    }
    std::string total_of(std::uint32_t row) const {
        const std::string cell = to_string(address{row, system_});
        const std::size_t digits = cell.find_first_of("0123456789");
        return "$" + cell.substr(0, digits) + "$" + cell.substr(digits);
    }
    const party_position& reported(std::uint32_t i) const {
        for (const party_position& p : in_.positions)
            if (p.organisation == s_.lines[i].organisation) return p;
        throw precondition_violated("new statement workbook: other parties than the statement's");
    }
    bool own_shares(std::size_t scheme) const { return s_.schemes[scheme].own_shares; }

    // Rows of the sheets.
    static constexpr std::uint32_t plan_row = 7, actual_row = 8, variance_row = 9, kept_row = 10, mitigated_row = 11,
                                   shareable_row = 12, share_row = 13, retained_row = 14, allocated_row = 15,
                                   transfer_row = 16, final_row = 17, system_mitigation_row = 19, reserve_row = 20,
                                   net_row = 21, held_row = 22, unallocated_row = 23, check_row = 25;
    static constexpr std::uint32_t reported_plan = 4, reported_actual = 5, target = 6, delivered = 7, mitigation = 8,
                                   relief = 9, reserve = 10, first_shortfall = 11;
    static constexpr std::uint32_t agreed_share = 4, basis = 5, annual_amount = 6;
    static constexpr std::uint32_t first_division = 3, division_rows = 9;

    const agreement& agreement_;
    const share_inputs& in_;
    const statement& s_;
    const version_in_force version_;
    std::uint32_t count_, system_;
    bool typed_ = false;
    book_maker book_;
};

bool statement_workbook::can_be_formulas() const {
    const terms_of_sharing& terms = version_.terms;
    const bool further = terms.gain_terms || terms.deficit_terms || !terms.carried.empty() ||
                         std::any_of(version_.schemes.begin(), version_.schemes.end(),
                                     [](const scheme_in_force& s) { return s.scheme.pool; });
    if (!version_.plain() || further || in_.frozen_exclusions) return false;
    const auto steps = [&](money m) { return abs(m).pence() / version_.step.pence() + 1; };
    money shortfalls;
    for (std::size_t k = 0; k < s_.schemes.size(); ++k) {
        if (!own_shares(k)) continue;
        shortfalls += s_.schemes[k].shortfall;
        if (!common_denominator(*version_.schemes[k].own_shares, steps(s_.schemes[k].shortfall))) return false;
    }
    return !version_.terms.sharing ||
           common_denominator(version_.shares, steps(s_.shared_pool) + steps(shortfalls)).has_value();
}

std::string statement_workbook::kept_formula(std::uint32_t c) const {
    if (!version_.terms.sharing || !version_.exclusions[c - 2]) return "0";
    std::string least = "MAX(0," + position(target, c) + "-" + position(delivered, c) + ")," + term(annual_amount, c);
    if (version_.terms.limit == exclusion_limit::declared_deficit)
        least += ",MAX(0,-" + to_string(address{variance_row, c}) + ")";
    return "-MIN(" + least + ")";
}

/// The divided part, or what the policies put in its place.
std::string statement_workbook::share_formula(std::uint32_t c) const {
    const std::string own = to_string(address{shareable_row, c});
    if (!version_.terms.sharing) return own;
    std::string divided;
    std::uint32_t block = first_division;
    for (std::size_t k = 0; k < s_.schemes.size(); ++k) {
        if (!own_shares(k)) continue;
        divided += "Working!" + to_string(address{block + 7, c}) + "+";
        block += division_rows;
    }
    divided += "Working!" + to_string(address{block + 7, c});
    const gain_policy gains = version_.terms.gains;
    const std::string gain = gains == gain_policy::kept                                        ? own
                             : gains == gain_policy::held_for_joint_investment && s_.applied() ? "0"
                                                                                               : divided;
    const std::string deficit = version_.terms.deficits == deficit_policy::kept ? own : divided;
    if (gain == divided && deficit == divided) return divided;
    const std::string net = total_of(net_row);
    return "IF(" + net + ">0," + gain + ",IF(" + net + "<0," + deficit + "," + divided + "))";
}

void statement_workbook::statement_sheet() {
    const bool forecast = in_.basis == share_basis::forecast;
    book_.sheet("Statement");
    book_.widths(1, 1, 44);
    book_.widths(2, system_, 18);
    book_.text({1, 1}, "Risk and gain share statement", look::title);
    book_.text({2, 1}, s_.agreement + (s_.title.empty() || s_.title == s_.agreement ? "" : ": " + s_.title));
    book_.text({3, 1}, to_string(s_.when.month) + " " + to_string(s_.when.year) +
                           (forecast ? ", forecast for the year" : ", year to date") +
                           (s_.applied() ? "; applied" : "; NOT APPLIED, the figures are notional"));
    book_.text({4, 1}, "Month");
    book_.number({4, 2}, decimal(s_.when.month.number(), 0), look::plain);
    book_.name("Statement_Month", {{4, 2}, {4, 2}});
    if (typed_)
        book_.text({5, 1},
                   "The terms of this agreement are not written as formulas here. The yellow figures below were worked "
                   "out by riskshare: when a position changes, ask for the statement again.",
                   look::remark);
    heading(6, "£");
    own_lines();
    shared_lines();
    system_lines();
    checks();
    for (std::uint32_t i = 0; i < count_; ++i)
        book_.text({check_row + 4 + i * 2, 1},
                   "Signed for " + s_.lines[i].organisation + " ______________________  Date __________");
}

template <class Formula>
void statement_workbook::line(std::uint32_t row, const std::string& label, const std::string& name, look l,
                              const Formula& formula) {
    book_.text({row, 1}, label, l == look::strong_amount ? look::heading : look::plain);
    for (std::uint32_t c = 2; c < system_; ++c) book_.formula({row, c}, formula(c), l);
    sum(row, l);
    if (!name.empty()) book_.name("Statement_" + name, {{row, 2}, {row, system_ - 1}});
}

void statement_workbook::typed(std::uint32_t row, const std::string& label, const std::string& name,
                               money statement_line::*figure) {
    book_.text({row, 1}, label);
    for (std::uint32_t i = 0; i < count_; ++i) book_.number({row, i + 2}, in_pounds(s_.lines[i].*figure), look::entry);
    sum(row);
    if (!name.empty()) book_.name("Statement_" + name, {{row, 2}, {row, system_ - 1}});
}

/// From the positions to what each party puts into the pool.
void statement_workbook::own_lines() {
    const bool forecast = in_.basis == share_basis::forecast;
    line(plan_row, "Plan", "", look::amount, [&](std::uint32_t c) { return position(reported_plan, c); });
    line(actual_row, forecast ? "Forecast" : "Actual", "", look::amount,
         [&](std::uint32_t c) { return position(reported_actual, c); });
    line(variance_row, "Variance to plan", "Variance", look::strong_amount,
         [&](std::uint32_t c) { return cell(actual_row, c) + "-" + cell(plan_row, c); });
    if (in_.frozen_exclusions)
        typed(kept_row, "Kept: own efficiency not delivered, frozen", "Retained", &statement_line::excluded);
    else
        line(kept_row, "Kept: own efficiency not delivered", "Retained", look::amount,
             [&](std::uint32_t c) { return kept_formula(c); });
    line(mitigated_row, "Own mitigation still to come", "", look::amount, [&](std::uint32_t c) {
        if (!version_.terms.sharing) return std::string("0");
        return "MIN(0+" + position(mitigation, c) + ",MAX(0,-(" + cell(variance_row, c) + "-" + cell(kept_row, c) +
               ")))";
    });
    line(shareable_row, "To be shared", "Shareable", look::strong_amount, [&](std::uint32_t c) {
        return cell(variance_row, c) + "-" + cell(kept_row, c) + "+" + cell(mitigated_row, c);
    });
}

/// From the pool to where each party ends.
void statement_workbook::shared_lines() {
    if (typed_)
        line(share_row, s_.divided ? "Share that was used" : "Agreed share, not used", "", look::percent,
             [&](std::uint32_t c) {
                 const ratio used = s_.lines[c - 2].share_used.value_or(s_.lines[c - 2].share);
                 return std::to_string(used.numerator()) + "/" + std::to_string(used.denominator());
             });
    else
        line(share_row, "Agreed share", "", look::percent, [&](std::uint32_t c) { return term(agreed_share, c); });
    typed(retained_row, "Stays where it arose", "", &statement_line::retained);
    if (typed_)
        typed(allocated_row, "Share of the pool, as worked out by riskshare", "Share", &statement_line::allocated);
    else
        line(allocated_row, "Share of the pool", "Share", look::amount,
             [&](std::uint32_t c) { return share_formula(c); });
    line(transfer_row, "Received/(paid)", "Adjustment", look::strong_amount, [&](std::uint32_t c) {
        return cell(retained_row, c) + "+" + cell(allocated_row, c) + "-" + cell(shareable_row, c);
    });
    line(final_row, "Position after sharing", "After", look::strong_amount, [&](std::uint32_t c) {
        return cell(kept_row, c) + "+" + cell(retained_row, c) + "+" + cell(allocated_row, c);
    });
}

void statement_workbook::system_lines() {
    const auto of_system = [&](std::uint32_t row, const std::string& label, const std::string& formula) {
        book_.text({row, 1}, label);
        book_.formula({row, system_}, formula);
    };
    if (typed_) return typed_system_lines();
    const terms_of_sharing& terms = version_.terms;
    const bool relieves = terms.sharing && terms.deficits == deficit_policy::shared;
    const std::string pool = cell(shareable_row, system_), used = cell(system_mitigation_row, system_);
    of_system(system_mitigation_row, "System mitigation used before sharing",
              relieves ? "MIN(0+" + position(relief, system_) + ",MAX(0,-" + pool + "))" : "0");
    of_system(reserve_row, "Reserve used before sharing",
              relieves ? "MIN(0+" + position(reserve, system_) + ",MAX(0,-(" + pool + "+" + used + ")))" : "0");
    of_system(net_row, "Left to be shared", pool + "+" + used + "+" + cell(reserve_row, system_));
    const bool held = terms.sharing && s_.applied() && terms.gains == gain_policy::held_for_joint_investment;
    of_system(held_row, "Held for joint investment", held ? "MAX(0," + cell(net_row, system_) + ")" : "0");
    book_.text({unallocated_row, 1}, "Unallocated beyond the limits");
    book_.number({unallocated_row, system_}, in_pounds(s_.unallocated), look::amount);
}

/// Where the terms are no formulas: what was used, held and left over, as worked out.
void statement_workbook::typed_system_lines() {
    money mitigation_used;
    for (const relief_line& r : s_.relief)
        if (r.what == "system mitigation") mitigation_used += r.used;
    const auto of_system = [&](std::uint32_t row, const std::string& label, money amount) {
        book_.text({row, 1}, label);
        book_.number({row, system_}, in_pounds(amount), look::entry);
    };
    of_system(system_mitigation_row, "System mitigation used before sharing", mitigation_used);
    of_system(reserve_row, "Reserve and balances used before sharing", s_.relief_used() - mitigation_used);
    book_.text({net_row, 1}, "Left to be shared");
    book_.formula({net_row, system_}, cell(shareable_row, system_) + "+" + cell(system_mitigation_row, system_) + "+" +
                                          cell(reserve_row, system_));
    of_system(held_row, "Held for joint investment", s_.held_for_joint_investment);
    of_system(unallocated_row, "Unallocated beyond the limits", s_.unallocated);
}

void statement_workbook::checks() {
    const auto check = [&](std::uint32_t row, const std::string& difference, const std::string& holds,
                           const std::string& fails) {
        book_.formula({row, 1}, "IF(ABS(" + difference + ")<0.005,\"" + holds + "\",\"CHECK: " + fails + "\")",
                      look::plain);
    };
    const std::string leaves = cell(held_row, system_) + "+" + cell(unallocated_row, system_) + "-" +
                               cell(system_mitigation_row, system_) + "-" + cell(reserve_row, system_);
    check(check_row, cell(transfer_row, system_) + "+" + leaves, "Adjustments net to nil",
          "adjustments do not net to nil");
    check(check_row + 1,
          cell(final_row, system_) + "-" + cell(variance_row, system_) + "-" + cell(mitigated_row, system_) + "+" +
              leaves,
          "Positions after sharing add up to the variances", "positions do not add up");
    if (typed_)
        check(check_row + 2, cell(net_row, system_) + "-(" + to_string(in_pounds(s_.shared_pool)) + ")",
              "The typed shares are of this pool", "the pool has changed since it was divided");
}

void statement_workbook::position_sheet() {
    const bool forecast = in_.basis == share_basis::forecast;
    book_.sheet(position_name());
    book_.widths(1, 1, 52);
    book_.widths(2, system_, 18);
    book_.text({1, 1}, "Month " + std::to_string(in_.when.month.number()) + " position, £", look::title);
    heading(3, "Line");
    const auto reported_line = [&](std::uint32_t row, const std::string& label, const auto& figure) {
        book_.text({row, 1}, label);
        for (std::uint32_t i = 0; i < count_; ++i) {
            const std::optional<money> m = figure(i);
            if (m)
                book_.number({row, i + 2}, in_pounds(*m), look::entry);
            else
                book_.blank({row, i + 2}, look::entry);
        }
        sum(row);
    };
    const auto stated = [&](std::optional<stated_money> party_position::*member) {
        return [this, member](std::uint32_t i) -> std::optional<money> {
            const std::optional<stated_money>& m = reported(i).*member;
            return m ? std::optional(m->value) : std::nullopt;
        };
    };
    reported_line(reported_plan, forecast ? "Full-year plan surplus/(deficit)" : "Year-to-date plan surplus/(deficit)",
                  stated(&party_position::plan));
    reported_line(reported_actual,
                  forecast ? "Forecast outturn surplus/(deficit)" : "Year-to-date actual surplus/(deficit)",
                  stated(&party_position::actual));
    reported_line(target, "Cash-releasing efficiency: plan", stated(&party_position::efficiency_target));
    reported_line(delivered, "Cash-releasing efficiency: delivered", stated(&party_position::efficiency_delivered));
    reported_line(mitigation, "Own mitigation still to come", stated(&party_position::own_mitigation));
    const auto of_system = [&](std::uint32_t row, const std::string& label, const std::optional<stated_money>& m) {
        book_.text({row, 1}, label);
        if (m)
            book_.number({row, system_}, in_pounds(m->value), look::entry);
        else
            book_.blank({row, system_}, look::entry);
    };
    of_system(relief, "System mitigation", in_.system_mitigation);
    of_system(reserve, "Reserve", in_.reserve);
    std::uint32_t row = first_shortfall;
    for (const scheme_line& scheme : s_.schemes)
        reported_line(row++, scheme.name + " shortfall",
                      [&](std::uint32_t i) { return std::optional(scheme.arose[i]); });
    book_.text({row + 1, 1}, "Yellow cells are for input.", look::remark);
}

void statement_workbook::agreement_sheet() {
    book_.sheet("Agreement");
    book_.widths(1, 1, 52);
    book_.widths(2, system_, 18);
    book_.text({1, 1},
               agreement_.name() + ", agreement " + to_string(agreement_.year()) + ": the terms in force in " +
                   to_string(in_.when.month),
               look::title);
    book_.text({3, 1}, "Term", look::heading);
    for (std::uint32_t i = 0; i < count_; ++i) book_.text({3, i + 2}, s_.lines[i].organisation, look::heading);
    const auto share = [&](address at, const ratio& r) {
        if (const std::optional<decimal> d = ending(r))
            book_.number(at, *d, look::entry_percent);
        else
            book_.formula(at, std::to_string(r.numerator()) + "/" + std::to_string(r.denominator()),
                          look::entry_percent);
    };
    book_.text({agreed_share, 1}, "Agreed share of resultant risk");
    for (std::uint32_t i = 0; i < count_; ++i) share({agreed_share, i + 2}, version_.shares[i]);
    if (version_.terms.basis) {
        book_.text({basis, 1}, "Basis of shares that are derived £");
        book_.text({basis, system_}, version_.terms.basis->description, look::remark);
        for (const per_party<money>& a : version_.terms.basis->amounts)
            book_.number({basis, static_cast<std::uint32_t>(*agreement_.index_of(a.organisation)) + 2},
                         in_pounds(a.value), look::entry);
    }
    book_.text({annual_amount, 1}, "Organisational cash-releasing efficiency £ (not shared)");
    for (std::uint32_t i = 0; i < count_; ++i)
        if (version_.exclusions[i])
            book_.number({annual_amount, i + 2}, in_pounds(version_.exclusions[i]->annual_cap), look::entry);
        else
            book_.blank({annual_amount, i + 2}, look::entry);
    std::uint32_t row = 8;
    const timetable& t = agreement_.paper().timetable;
    const auto month_line = [&](const std::string& label, month m) {
        book_.text({row, 1}, label);
        book_.number({row++, 2}, decimal(m.number(), 0), look::plain);
    };
    month_line("Sharing starts in month", t.sharing_starts);
    if (t.recommendation) month_line("Year-end recommendation in month", *t.recommendation);
    if (t.update) month_line("Optional update in month", *t.update);
    const gain_policy gains = version_.terms.gains;
    book_.text({row, 1}, "Net surplus");
    book_.text({row++, 2}, gains == gain_policy::pro_rata ? "shared pro rata"
                           : gains == gain_policy::kept   ? "kept where it arose"
                                                          : "held for joint investment");
    if (!s_.schemes.empty()) {
        ++row;
        book_.text({row, 1}, "Shared scheme", look::heading);
        book_.text({row, 2}, "Amount £", look::heading);
        for (std::uint32_t i = 0; i < count_; ++i) book_.text({row, i + 3}, s_.lines[i].organisation, look::heading);
        book_.text({row, count_ + 3}, "Agreed by", look::heading);
        for (const scheme_in_force& f : version_.schemes) {
            ++row;
            book_.text({row, 1}, f.scheme.name);
            book_.number({row, 2}, in_pounds(f.scheme.amount.value_or(money())), look::entry);
            if (f.own_shares)
                for (std::uint32_t i = 0; i < count_; ++i) share({row, i + 3}, (*f.own_shares)[i]);
            std::string names;
            for (const consent& c : f.scheme.consents) names += (names.empty() ? "" : ", ") + c.organisation;
            if (f.own_shares) book_.text({row, count_ + 3}, names);
        }
    }
}

std::uint32_t statement_workbook::division(std::uint32_t row, const std::string& what, const std::string& amount,
                                           const std::vector<std::string>& weights) {
    const auto label = [&](std::uint32_t r, const std::string& text) { book_.text({r, 1}, text); };
    book_.text({row, 1}, what, look::heading);
    const std::string steps = "$B$" + std::to_string(row + 1), whole = total_of(row + 2);
    label(row + 1, "Amount, in whole units");
    book_.formula({row + 1, 2}, "ROUND((" + amount + ")/$B$1,0)", look::plain);
    label(row + 2, "Weight");
    label(row + 3, "Amount times weight");
    label(row + 4, "Whole units");
    label(row + 5, "Remainder");
    label(row + 6, "Rank of the remainder, ties in order");
    label(row + 7, "Part, £");
    for (std::uint32_t c = 2; c < system_; ++c) book_.formula({row + 2, c}, weights[c - 2], look::plain);
    book_.formula({row + 2, system_}, "SUM(" + across(row + 2) + ")", look::plain);
    for (std::uint32_t c = 2; c < system_; ++c) {
        book_.formula({row + 3, c}, "ABS(" + steps + ")*" + cell(row + 2, c), look::plain);
        book_.formula({row + 4, c}, "INT(" + cell(row + 3, c) + "/" + whole + ")", look::plain);
        book_.formula({row + 5, c}, cell(row + 3, c) + "-" + cell(row + 4, c) + "*" + whole, look::plain);
    }
    book_.formula({row + 4, system_}, "SUM(" + across(row + 4) + ")", look::plain);
    for (std::uint32_t c = 2; c < system_; ++c) {
        std::string rank = "1";
        for (std::uint32_t other = 2; other < system_; ++other)
            if (other != c)
                rank += "+IF(" + cell(row + 5, other) + (other < c ? ">=" : ">") + cell(row + 5, c) + ",1,0)";
        book_.formula({row + 6, c}, rank, look::plain);
    }
    for (std::uint32_t c = 2; c < system_; ++c)
        book_.formula({row + 7, c}, "SIGN(" + steps + ")*(" + cell(row + 4, c) + "+IF(" + cell(row + 6, c) + "<=ABS(" +
                                        steps + ")-" + total_of(row + 4) + ",1,0))*$B$1");
    sum(row + 7);
    return row + division_rows;
}

void statement_workbook::working_sheet() {
    if (!version_.terms.sharing) return;
    book_.sheet("Working");
    book_.widths(1, 1, 44);
    book_.widths(2, system_, 18);
    book_.text({1, 1}, "Rounding unit, £");
    book_.number({1, 2}, in_pounds(version_.step), look::entry);
    std::uint32_t row = first_division;
    std::string general = "Statement!" + total_of(net_row);
    for (std::size_t k = 0; k < s_.schemes.size(); ++k) {
        if (!own_shares(k)) continue;
        const std::string shortfall = position(first_shortfall + static_cast<std::uint32_t>(k), system_);
        general += "+" + shortfall;
        const std::vector<ratio>& shares = *version_.schemes[k].own_shares;
        const std::int64_t common = *common_denominator(shares, 0);
        std::vector<std::string> weights;
        for (const ratio& s : shares) weights.push_back(std::to_string(s.numerator() * (common / s.denominator())));
        row = division(row, s_.schemes[k].name + ", by shares of its own", "-" + shortfall, weights);
    }
    const std::int64_t common = *common_denominator(version_.shares, 0);
    std::vector<std::string> weights;
    for (std::uint32_t c = 2; c < system_; ++c)
        weights.push_back("ROUND(" + term(agreed_share, c) + "*" + std::to_string(common) + ",0)");
    division(row, "The pool, by the agreed shares", general, weights);
}

} // namespace

workbook::package new_statement_workbook(const agreement& a, const share_inputs& in, const statement& s) {
    return statement_workbook(a, in, s).made();
}

} // namespace riskshare::report
