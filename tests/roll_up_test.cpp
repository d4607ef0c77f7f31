#include <riskshare/roll_up.hpp>

#include <support/schemes.hpp>

#include <doctest/doctest.h>

using namespace riskshare;

namespace {

scheme rated(const char* reference, std::optional<rating> r, std::int64_t thousands) {
    scheme s;
    s.reference = reference;
    s.organisation = "UHL";
    s.rating = r;
    s.plan.set(month(1), money::thousands(thousands));
    return s;
}

/// Adds up row by row, the plain way.
scheme_totals plain_sum(const tracker& t, month m) {
    scheme_totals sum;
    for (std::size_t i = 0; i < t.size(); ++i) {
        const scheme s = t[i];
        const bool again = s.recurrence == recurrence::recurrent;
        ++sum.schemes;
        sum.plan += s.plan.total();
        sum.plan_to_date += s.plan.to_date(m);
        sum.actual_to_date += s.actual.to_date(m);
        sum.forecast += s.actual.total();
        sum.full_year_effect += full_year_effect(s);
        if (s.rating)
            sum.plan_by_rating[static_cast<std::size_t>(*s.rating)] += s.plan.total();
        else
            sum.unrated_plan += s.plan.total();
        const bool unsaid = s.recurrence == recurrence::unknown;
        const bool asked =
            s.rating != rating::unidentified && !(s.plan.total().is_zero() && s.actual.total().is_zero());
        if (!unsaid) ++sum.with_recurrence;
        if (unsaid && asked) ++sum.without_recurrence;
        if (!unsaid || s.full_year_effect) ++sum.with_effect;
        if (unsaid && asked && !s.full_year_effect) ++sum.without_effect;
        if (!again) continue;
        sum.recurrent_plan += s.plan.total();
        sum.recurrent_forecast += s.actual.total();
        sum.recurrent_full_year_effect += full_year_effect(s);
    }
    return sum;
}

scheme_totals together(const std::vector<scheme_group>& groups) {
    scheme_totals sum;
    for (const scheme_group& g : groups) {
        sum.schemes += g.totals.schemes;
        sum.with_recurrence += g.totals.with_recurrence;
        sum.without_recurrence += g.totals.without_recurrence;
        sum.with_effect += g.totals.with_effect;
        sum.without_effect += g.totals.without_effect;
        sum.plan += g.totals.plan;
        sum.plan_to_date += g.totals.plan_to_date;
        sum.actual_to_date += g.totals.actual_to_date;
        sum.forecast += g.totals.forecast;
        sum.recurrent_plan += g.totals.recurrent_plan;
        sum.recurrent_forecast += g.totals.recurrent_forecast;
        sum.full_year_effect += g.totals.full_year_effect;
        sum.recurrent_full_year_effect += g.totals.recurrent_full_year_effect;
        for (std::size_t r = 0; r < ratings.size(); ++r) sum.plan_by_rating[r] += g.totals.plan_by_rating[r];
        sum.unrated_plan += g.totals.unrated_plan;
    }
    return sum;
}

} // namespace

TEST_CASE("roll-up: the published UHL ratings put 8,362.25 at risk") {
    tracker t;
    t.add(rated("1", rating::red, 4'744));
    t.add(rated("2", rating::amber, 11'713));
    t.add(rated("3", rating::green, 7'125));
    t.add(rated("4", rating::unidentified, 3'062));
    const roll_up by_rating = rolled_up(t, month(3), {scheme_field::rating});
    REQUIRE(by_rating.groups.size() == 4);
    CHECK(by_rating.groups[0].key == std::vector<std::string>{"red"});
    CHECK(by_rating.total.plan == money::thousands(26'644));
    CHECK(by_rating.total.identified_plan() == money::thousands(23'582));
    CHECK(at_risk(by_rating.total, support::published_weights()) == exact(money::pounds(8'362'250)));
    CHECK(at_risk(savings_of(t), support::published_weights()) == exact(money::pounds(8'362'250)));
}

TEST_CASE("C03: roll-up: a reversal of 40 nets within its own rating, so that red is 60 and 30 is at risk") {
    tracker t;
    t.add(rated("A", rating::red, 100));
    t.add(rated("B", rating::red, -40));
    const scheme_totals total = rolled_up(t, month(3)).total;
    CHECK(total.plan_by_rating[0] == money::thousands(60));
    CHECK(at_risk(total, support::published_weights()) == exact(money::thousands(30)));
}

TEST_CASE("S18: roll-up: 5.0m delivered of 4.8m planned is 104.2%, 18.8% of the year; the month alone is 115.8%") {
    scheme s;
    s.rating = rating::green;
    s.plan.set(month(2), money::thousands(2'900));
    s.plan.set(month(3), money::thousands(1'900));
    s.plan.set(month(4), money::thousands(26'644 - 4'800));
    s.actual.set(month(2), money::thousands(2'800));
    s.actual.set(month(3), money::thousands(2'200));
    tracker t;
    t.add(s);
    const scheme_totals at_m3 = rolled_up(t, month(3)).total, at_m2 = rolled_up(t, month(2)).total;
    const auto percent = [](money part, money whole) {
        return to_string(percentage(exact(part), exact(whole), 1, rounding::half_away_from_zero));
    };
    CHECK(percent(at_m3.actual_to_date, at_m3.plan_to_date) == "104.2");
    CHECK(percent(at_m3.plan_to_date, at_m3.plan) == "18.0");
    CHECK(percent(at_m3.actual_to_date, at_m3.plan) == "18.8");
    CHECK(percent(at_m3.actual_to_date - at_m2.actual_to_date, at_m3.plan_to_date - at_m2.plan_to_date) == "115.8");
}

TEST_CASE("roll-up: the recurrent gap is what no recurrent scheme delivers of the plan") {
    tracker t;
    scheme once = rated("once", rating::green, 600), again = rated("again", rating::green, 400);
    once.recurrence = recurrence::non_recurrent;
    again.recurrence = recurrence::recurrent;
    again.actual.set(month(1), money::thousands(300));
    once.actual.set(month(1), money::thousands(600));
    t.add(once);
    t.add(again);
    const scheme_totals total = rolled_up(t, month(1)).total;
    CHECK(total.recurrent_gap() == money::thousands(700));
    CHECK(total.variance_to_date() == money::thousands(-100));
    CHECK(total.next_year_effect() == exact(money::thousands(-600)));
}

TEST_CASE("law: groups add up to the total, and the total to a plain sum, whatever they are grouped by") {
    std::mt19937_64 random(78);
    for (int trial = 0; trial < 20; ++trial) {
        const tracker t = support::made_up_tracker(random, trial * 3);
        const month m(1 + trial % 12);
        const scheme_totals expected = plain_sum(t, m);
        for (int first = 0; first <= static_cast<int>(scheme_field::name); ++first)
            for (int second = 0; second <= static_cast<int>(scheme_field::name); second += 3) {
                const roll_up r =
                    rolled_up(t, m, {static_cast<scheme_field>(first), static_cast<scheme_field>(second)});
                REQUIRE(r.total == expected);
                REQUIRE(together(r.groups) == expected);
            }
    }
}

TEST_CASE("roll-up: years group in the order of their months, and schemes without a start come last") {
    tracker t;
    for (int m : {10, 0, 2, 1}) {
        scheme s = rated("x", rating::red, m);
        if (m != 0) s.start = month(m);
        t.add(s);
    }
    const roll_up r = rolled_up(t, month(3), {scheme_field::start});
    REQUIRE(r.groups.size() == 4);
    CHECK(r.groups[0].key[0] == "M1");
    CHECK(r.groups[1].key[0] == "M2");
    CHECK(r.groups[2].key[0] == "M10");
    CHECK(r.groups[3].key[0].empty());
}

TEST_CASE("roll-up: a sum beyond 64 bits throws, within one scheme and over several") {
    tracker one_scheme, two_schemes;
    scheme s;
    s.rating = rating::red;
    s.plan.set(month(1), money::pence(INT64_MAX));
    two_schemes.add(s);
    CHECK(rolled_up(two_schemes, month(3)).total.plan == money::pence(INT64_MAX));
    two_schemes.add(s);
    CHECK_THROWS_AS(rolled_up(two_schemes, month(3)), overflow);
    s.plan.set(month(2), money::pence(1));
    one_scheme.add(s);
    CHECK_THROWS_AS(rolled_up(one_scheme, month(3)), overflow);
    s.plan.set(month(2), money::pence(-1));
    tracker back_in_range;
    back_in_range.add(s);
    CHECK(rolled_up(back_in_range, month(3)).total.plan == money::pence(INT64_MAX - 1));
}

TEST_CASE("tracker: a row comes back as it was added") {
    std::mt19937_64 random(5);
    tracker t;
    std::vector<scheme> added;
    for (int i = 0; i < 200; ++i) {
        added.push_back(support::made_up_scheme(random, i));
        if (i % 50 == 49) added.back().stated.forecast = money::pounds(i);
        t.add(added.back());
    }
    const tracker copy = t;
    for (std::size_t i = 0; i < added.size(); ++i) {
        const scheme s = copy[i];
        CHECK(s.reference == added[i].reference);
        CHECK(s.organisation == added[i].organisation);
        CHECK(s.rating == added[i].rating);
        CHECK(s.written_rating == added[i].written_rating);
        CHECK(s.recurrence == added[i].recurrence);
        CHECK(s.start == added[i].start);
        CHECK(s.plan == added[i].plan);
        CHECK(s.actual == added[i].actual);
        CHECK(s.full_year_effect == added[i].full_year_effect);
        CHECK(s.stated == added[i].stated);
    }
    CHECK_THROWS_AS(copy[added.size()], precondition_violated);
}

TEST_CASE("tracker: fields go by the names the trade gives them") {
    CHECK(*parse_scheme_field("CMG") == scheme_field::division);
    CHECK(*parse_scheme_field("RAG") == scheme_field::rating);
    CHECK(*parse_scheme_field("cash-releasing") == scheme_field::cash_effect);
    CHECK(parse_scheme_field("colour").why().rule == "tracker.unknown_field");
}
