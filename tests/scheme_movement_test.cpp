#include <riskshare/phasing.hpp>
#include <riskshare/scheme_movement.hpp>

#include <support/schemes.hpp>

#include <doctest/doctest.h>

using namespace riskshare;

namespace {

scheme level(const std::string& reference, rating r, std::int64_t thousands_a_year) {
    scheme s;
    s.reference = reference;
    s.organisation = "UHL";
    s.rating = r;
    s.plan = s.actual = phasing::level().spread(money::thousands(thousands_a_year));
    return s;
}

tracker_bridge between(const scheme& before, const scheme& after, month m = month(3)) {
    tracker b, a;
    b.add(before);
    a.add(after);
    return movement(b, m, a, m, support::published_weights());
}

void check_adds_up(const tracker_bridge& bridge) {
    movement_effect sum = bridge.opening;
    for (const scheme_movement& m : bridge.movements) sum += m.effect;
    CHECK(sum == bridge.closing);
    movement_effect by_kind = bridge.opening;
    for (movement_kind k : movement_kinds) by_kind += bridge.of(k);
    CHECK(by_kind == bridge.closing);
}

} // namespace

TEST_CASE("C04: movement: re-rating 100 lowers the risk by 25, 25 and 50 on its way up from unidentified") {
    const std::array<rating, 4> way = {rating::unidentified, rating::red, rating::amber, rating::green};
    const std::array<std::int64_t, 3> change = {-50, -25, -25};
    for (std::size_t i = 0; i < 3; ++i) {
        const tracker_bridge bridge = between(level("1", way[i], 1'200), level("1", way[i + 1], 1'200));
        REQUIRE(bridge.movements.size() == 1);
        CHECK(bridge.movements[0].kind == movement_kind::re_rated);
        CHECK(bridge.movements[0].effect.risk == exact(money::thousands(change[i] * 12)));
        check_adds_up(bridge);
    }
}

TEST_CASE("S05: movement: UHL from April to June 2019 takes the risk from 8,362.25 to 4,000") {
    tracker april, june;
    april.add(level("R", rating::red, 4'744));
    april.add(level("A", rating::amber, 11'713));
    april.add(level("G", rating::green, 7'125));
    april.add(level("U", rating::unidentified, 3'062));
    june.add(level("R", rating::red, 1'600));
    june.add(level("A", rating::amber, 12'800));
    june.add(level("G", rating::green, 12'200));
    const tracker_bridge bridge = movement(april, month(1), june, month(3), support::published_weights());
    CHECK(bridge.opening.risk == exact(money::pounds(8'362'250)));
    CHECK(bridge.closing.risk == exact(money::thousands(4'000)));
    CHECK(bridge.closing.plan == money::thousands(26'600));
    CHECK(bridge.count(movement_kind::closed) == 1);
    CHECK(bridge.count(movement_kind::replanned) == 3);
    check_adds_up(bridge);
}

TEST_CASE("movement: a new scheme brings its plan, forecast and risk, and a closed one takes them away") {
    tracker none, some;
    some.add(level("1", rating::red, 1'200));
    const risk_weights w = support::published_weights();
    const tracker_bridge opened = movement(none, month(3), some, month(3), w);
    REQUIRE(opened.movements.size() == 1);
    CHECK(opened.movements[0].kind == movement_kind::added);
    CHECK(opened.movements[0].effect ==
          movement_effect{money::thousands(1'200), money::thousands(1'200), money::thousands(600)});
    const tracker_bridge closed = movement(some, month(3), none, month(3), w);
    REQUIRE(closed.movements.size() == 1);
    CHECK(closed.movements[0].kind == movement_kind::closed);
    CHECK(closed.movements[0].effect.plan == money::thousands(-1'200));
    check_adds_up(closed);
}

TEST_CASE("movement: the same plan in other months is re-phased and changes nothing else") {
    const scheme before = level("1", rating::red, 1'200);
    scheme after = before;
    after.plan.set(month(1), money());
    after.plan.set(month(2), money::thousands(200));
    const tracker_bridge bridge = between(before, after);
    REQUIRE(bridge.movements.size() == 1);
    CHECK(bridge.movements[0].kind == movement_kind::re_phased);
    CHECK(bridge.movements[0].effect == movement_effect{});
}

TEST_CASE("movement: less forecast, the same later, or a later start is slippage; the other way is improvement") {
    const scheme before = level("1", rating::red, 1'200);
    scheme less = before, later = before, start_before = before, start_after = before;
    less.actual.set(month(12), money());
    later.actual.set(month(11), money());
    later.actual.set(month(12), money::thousands(200));
    start_before.start = month(4);
    start_after.start = month(6);
    CHECK(between(before, less).of(movement_kind::slipped).forecast == money::thousands(-100));
    CHECK(between(before, later).count(movement_kind::slipped) == 1);
    CHECK(between(start_before, start_after).count(movement_kind::slipped) == 1);
    CHECK(between(less, before).of(movement_kind::improved).forecast == money::thousands(100));
    CHECK(between(later, before).count(movement_kind::improved) == 1);
    CHECK(between(before, before).unchanged == 1);
}

TEST_CASE("movement: a scheme is delivered when it reaches its whole plan, with the change of its forecast") {
    scheme before = level("1", rating::red, 1'200), after = before;
    after.actual.set(month(3), money::thousands(1'100));
    const tracker_bridge bridge = between(before, after);
    REQUIRE(bridge.movements.size() == 1);
    CHECK(bridge.movements[0].kind == movement_kind::delivered);
    CHECK(bridge.movements[0].effect.forecast == money::thousands(1'000));
}

TEST_CASE("movement: schemes are matched by reference whatever its case, and by name without one") {
    scheme before = level(" uhl-1", rating::red, 12), after = level("UHL-1 ", rating::red, 12);
    CHECK(between(before, after).unchanged == 1);
    before.reference = after.reference = "";
    before.name = "Theatres";
    after.name = "theatres";
    CHECK(between(before, after).unchanged == 1);
}

TEST_CASE("law: movements add up to the change of plan, forecast and risk, whatever changed") {
    std::mt19937_64 random(1904);
    for (int trial = 0; trial < 150; ++trial) {
        tracker before, after;
        for (int i = 0; i < 20; ++i) {
            const scheme s = support::made_up_scheme(random, static_cast<int>(random() % 15));
            if (random() % 5 != 0) before.add(s);
            if (random() % 5 == 0) continue;
            scheme changed = random() % 2 == 0 ? s : support::made_up_scheme(random, static_cast<int>(random() % 15));
            changed.organisation = s.organisation;
            if (random() % 3 == 0) changed.rating = rating::amber;
            if (random() % 3 == 0)
                changed.plan.set(month(7), money::pence(static_cast<std::int64_t>(random() % 99999)));
            after.add(changed);
        }
        check_adds_up(movement(before, month(2), after, month(3), support::published_weights()));
    }
}
