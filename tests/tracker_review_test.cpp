#include <riskshare/tracker_review.hpp>

#include <support/schemes.hpp>

#include <doctest/doctest.h>

using namespace riskshare;

namespace {

scheme planned_scheme(const char* reference, std::optional<rating> r, std::int64_t thousands) {
    scheme s;
    s.reference = reference;
    s.organisation = "UHL";
    s.rating = r;
    s.quality = "Approved";
    s.plan.set(month(1), money::thousands(thousands));
    s.actual.set(month(1), money::thousands(thousands));
    return s;
}

std::size_t met(const std::vector<finding>& findings, const std::string& rule) {
    return static_cast<std::size_t>(
        std::count_if(findings.begin(), findings.end(), [&](const finding& f) { return f.rule == rule; }));
}

} // namespace

TEST_CASE("C03: review: a negative saving is a warning that names the scheme") {
    tracker t;
    t.add(planned_scheme("A", rating::red, 100));
    t.add(planned_scheme("B", rating::red, -40));
    const std::vector<finding> findings = review(t, month(3));
    REQUIRE(met(findings, "savings.negative") == 1);
    CHECK(findings[0].severity == severity::warning);
    CHECK(findings[0].message == "scheme B has a negative saving of £(40,000); it is netted within its rating");
}

TEST_CASE("C05: review: Blue and A/R are unknown ratings, a blank is a missing one, and amber with a blank is amber") {
    tracker t;
    for (const char* written : {"Blue", "A/R", "amber ", ""}) {
        scheme s = planned_scheme(written, {}, 1);
        const result<rating> read = parse_rating(written);
        if (read)
            s.rating = *read;
        else
            s.written_rating = written;
        t.add(s);
    }
    const std::vector<finding> findings = review(t, month(3));
    CHECK(met(findings, "rating.unknown") == 2);
    CHECK(met(findings, "rating.missing") == 1);
    CHECK(has_errors(findings));
    CHECK(rolled_up(t, month(3)).total.plan_by_rating[1] == money::thousands(1));
}

TEST_CASE("review: one reference twice in an organisation is an error, in two organisations it is none") {
    tracker t;
    t.add(planned_scheme("A", rating::red, 1));
    t.add(planned_scheme(" a", rating::green, 2));
    scheme elsewhere = planned_scheme("A", rating::red, 1);
    elsewhere.organisation = "LPT";
    t.add(elsewhere);
    CHECK(duplicate_references(t) == std::vector<std::vector<std::size_t>>{{0, 1}});
    CHECK(met(review(t, month(3)), "tracker.duplicate_reference") == 1);
}

TEST_CASE("review: one name and plan under two references may be one scheme counted twice") {
    tracker t;
    for (const char* reference : {"A", "B", "C"}) {
        scheme s = planned_scheme(reference, rating::red, *reference == 'C' ? 2 : 1);
        s.name = "Theatres";
        t.add(s);
    }
    CHECK(duplicate_schemes(t) == std::vector<std::vector<std::size_t>>{{0, 1}});
}

TEST_CASE("review: an assessment is overdue once the scheme has started, unless approved or not required") {
    tracker t;
    for (const char* status : {"Submitted", "Approved", "n/a", "", "Not started"}) {
        scheme s = planned_scheme(status, rating::amber, 1);
        s.quality = status;
        s.start = month(3);
        t.add(s);
    }
    scheme unfound = planned_scheme("U", rating::unidentified, 1);
    unfound.quality.clear();
    t.add(unfound);
    CHECK(quality_overdue(t, month(2)).empty());
    CHECK(quality_overdue(t, month(3)) == std::vector<std::size_t>{0, 3, 4});
}

TEST_CASE("review: a tracker without a word on assessments has none overdue") {
    scheme s = planned_scheme("A", rating::green, 1);
    s.quality.clear();
    tracker silent;
    silent.add(s);
    CHECK(quality_overdue(silent, month(3)).empty());
    tracker speaking = silent;
    speaking.add(planned_scheme("B", rating::green, 1));
    CHECK(quality_overdue(speaking, month(3)) == std::vector<std::size_t>{0});
}

TEST_CASE("review: past its start with nothing delivered means a plan to date and no delivery") {
    tracker t;
    scheme idle = planned_scheme("idle", rating::amber, 5);
    idle.actual = {};
    scheme later = idle;
    later.plan.clear(month(1));
    later.plan.set(month(9), money::thousands(5));
    t.add(idle);
    t.add(later);
    t.add(planned_scheme("busy", rating::amber, 5));
    CHECK(nothing_delivered(t, month(3)) == std::vector<std::size_t>{0});
    CHECK(met(review(t, month(3)), "tracker.nothing_delivered") == 1);
}

TEST_CASE("risk: the fewest schemes that make up 80% of it, the largest first") {
    tracker t;
    for (int thousands : {10, 60, 4, 20, 6}) t.add(planned_scheme("x", rating::unidentified, thousands));
    t.add(planned_scheme("green", rating::green, 1'000));
    const std::vector<scheme_risk> largest =
        largest_risks(t, month(3), support::published_weights(), risk_basis::plan, ratio::percent(80));
    REQUIRE(largest.size() == 2);
    CHECK(largest[0].row == 1);
    CHECK(largest[1].row == 3);
    CHECK_THROWS_AS(largest_risks(t, month(3), support::published_weights(), risk_basis::plan, ratio(2)),
                    precondition_violated);
}

TEST_CASE("risk: on what is left to deliver it falls as schemes deliver") {
    tracker t;
    scheme s = planned_scheme("x", rating::red, 100);
    s.actual.set(month(1), money::thousands(30));
    t.add(s);
    const risk_weights w = support::published_weights();
    CHECK(at_risk(t, month(3), w, risk_basis::plan) == exact(money::thousands(50)));
    CHECK(at_risk(t, month(3), w, risk_basis::left_to_deliver) == exact(money::thousands(35)));
}
