#include <riskshare/agreement_document.hpp>

#include "support/share.hpp"

#include <fstream>
#include <iterator>

using namespace riskshare;
using namespace support;

namespace {

std::string fixture(const std::string& name) {
    std::ifstream in(RISKSHARE_SOURCE_DIR "/fixtures/agreements/" + name, std::ios::binary);
    REQUIRE(in);
    return {std::istreambuf_iterator<char>(in), {}};
}

agreement read(const std::string& name) {
    const outcome<agreement> a = read_agreement(fixture(name), name);
    for (const finding& f : a.findings()) MESSAGE(f.message);
    return a.value();
}

std::vector<finding> refused(const std::string& toml) {
    const outcome<agreement> a = read_agreement(toml, "a.toml");
    REQUIRE_FALSE(a);
    return a.findings();
}

const std::string small =
    "name = \"A\"\nyear = \"2022/23\"\nparties = [\"A\", \"B\"]\n[timetable]\nsharing_starts = 4\n"
    "[shares]\nA = \"50%\"\nB = \"1/2\"\n";

} // namespace

TEST_CASE("agreement document: the published agreement of 2022/23 reads as published") {
    const agreement a = read("llr-2022-23.toml");
    CHECK(a.name() == "LLR-2022/23");
    CHECK(a.parties() == llr());
    CHECK(a.paper().timetable.sharing_starts == month(4));
    CHECK(a.paper().timetable.update == month(11));
    const version_in_force v = *a.in_force({financial_year{2022}, month(4)});
    CHECK(v.shares == std::vector<ratio>{ratio(1, 2), ratio(13, 100), ratio(37, 100)});
    CHECK(v.exclusions[0]->annual_cap == money::thousands(21100));
    CHECK(v.exclusions[1]->annual_cap == money::thousands(5600));
    CHECK(v.exclusions[2]->annual_cap == money::thousands(13200));
    CHECK(v.exclusions[0]->clause == "slides, Details, exceptions");
    CHECK((*v.derived)[0] == ratio(336991, 641657));
    REQUIRE(v.schemes.size() == 3);
    CHECK(*v.schemes[2].scheme.amount == money::thousands(5000));
    CHECK(v.terms.gains == gain_policy::held_for_joint_investment);
    CHECK(v.terms.pass_backs.at(0).organisation == "UHL");
}

TEST_CASE("agreement document: amendments and schemes stand or fall by their consents") {
    const agreement a = read("llr-2022-23-amended.toml");
    CHECK(a.in_force({financial_year{2022}, month(6)})->shares[0] == ratio::percent(50));
    CHECK(a.in_force({financial_year{2022}, month(7)})->shares[0] == ratio::percent(48));
    CHECK(a.in_force({financial_year{2022}, month(10)})->terms.gains == gain_policy::pro_rata);
    REQUIRE(a.rejected().size() == 1);
    CHECK(a.rejected()[0].missing == std::vector<std::string>{"LPT"});
    CHECK(a.versions()[0].schemes[0].own_shares);
    CHECK_FALSE(a.versions()[0].schemes[1].own_shares);
    CHECK(a.versions()[0].schemes[1].missing == std::vector<std::string>{"ICB"});
}

TEST_CASE("agreement document: tiers, caps, dead-bands, derived shares and no sharing are configuration") {
    const statement tiered = computed(read("provider-commissioner-tiers.toml"),
                                      variances({"Provider", "Commissioner"}, 5, thousands({-5000, 0})));
    CHECK(column(tiered, &statement_line::allocated) == thousands({-2400, -2600}));

    const statement capped =
        computed(read("equal-with-caps.toml"), variances({"A", "B", "C"}, 5, thousands({-6000, 0, 0})));
    CHECK(column(capped, &statement_line::allocated) == thousands({-1000, -2000, -3000}));

    const agreement derived = read("derived-with-dead-band.toml");
    const statement band = computed(derived, variances(llr(), 5, thousands({-10701, 0, 0})));
    // 2,000 stays with UHL; of 8,701 the basis gives 500/870 and 370/870.
    CHECK(band.lines[0].retained == money::thousands(-2000));
    CHECK(band.lines[1].allocated.is_zero());
    CHECK(band.lines[0].allocated == money::pence(-500057471));
    CHECK(derived.in_force({financial_year{2022}, month(10)})->shares[1] == ratio::percent(13));

    share_inputs later = variances(llr(), 5, thousands({-1000, 200, 0}));
    later.when.year = financial_year{2026};
    CHECK(column(computed(read("no-sharing-2026-27.toml"), later), &statement_line::final) ==
          thousands({-1000, 200, 0}));
}

TEST_CASE("agreement document: what is wrong is found with its line, an unknown key among it") {
    CHECK(read_agreement(small, "a.toml"));
    const auto at_line = [](const std::vector<finding>& found, const std::string& rule) {
        for (const finding& f : found)
            if (f.rule == rule) return to_string(f.at.at(0));
        return std::string("not found");
    };
    CHECK(at_line(refused(small + "C = \"0%\"\n"), "agreement.unknown_party") == "a.toml 'line 9'");
    CHECK(at_line(refused(small + "[polcy]\ngains = \"kept\"\n"), "agreement.unknown_key") == "a.toml 'line 9'");
    CHECK(at_line(refused(small + "[exclusions]\nA = 21.1\n"), "agreement.key") == "a.toml 'line 10'");
    CHECK(at_line(refused(small + "[exclusions]\nA = \"0.001\"\n"), "agreement.finer_than_a_penny") ==
          "a.toml 'line 10'");
    CHECK(at_line(refused(small + "[[amendment]]\nfrom_month = 13\n"), "agreement.month_outside_year") ==
          "a.toml 'line 10'");
    CHECK(mentions(refused(small.substr(0, small.find("B = "))), "agreement.missing_share", "no share to B"));
    CHECK_THROWS_AS(static_cast<void>(read_agreement("name = ", "a.toml")), input_refused);
}
