// Decides the signs of a position by what its labels, amounts and variances say.
#include "template/share_signs.hpp"

#include <algorithm>

namespace riskshare::templates {

using words::result_sense;

namespace {

/// What one line says by itself.
struct vote {
    std::optional<bool> turned;
    bool in_doubt = false; ///< its label speaks of a deficit, and its amounts stand on both sides of zero
};

vote vote_of(const line_as_printed& line, result_sense of_title) {
    const auto any = [&](auto which) { return std::any_of(line.amounts.begin(), line.amounts.end(), which); };
    const bool above = any([](const exact& e) { return !e.is_negative() && e != exact(); });
    const bool below = any([](const exact& e) { return e.is_negative(); });
    const result_sense own = words::result_sense_of(line.label);
    if (own == result_sense::deficit_alone && !above && !below) return {};
    if (own != result_sense::unsaid) {
        const std::optional<bool> turned = words::deficits_are_positive(own, above, below);
        return {turned, !turned};
    }
    if (of_title == result_sense::deficit_positive) return {true};
    // A title may speak of the deficit over signed figures, but not where all of them are above zero.
    if (of_title == result_sense::deficit_alone && above && !below) return {std::nullopt, true};
    return {false};
}

finding doubtful(const line_as_printed& plan, const line_as_printed& actual) {
    finding f{"share.sign", severity::error,
              "the words speak of a deficit, and nothing says whether a deficit is printed positive in \"" +
                  plan.label + "\" and \"" + actual.label + "\""};
    for (const provenance& at : {plan.at, actual.at})
        if (at.known()) f.at.push_back(at);
    f.advice = "write surplus/(deficit) in both labels where a deficit stands below zero, deficit/(surplus) where it "
               "stands above";
    return f;
}

} // namespace

std::optional<turned_lines> deficits_printed_positive(const line_as_printed& plan, const line_as_printed& actual,
                                                      result_sense of_title, const std::vector<printed_line>& printed,
                                                      words::variance_sense sense, std::vector<finding>& findings) {
    vote p = vote_of(plan, of_title), a = vote_of(actual, of_title);
    if (p.in_doubt && a.in_doubt) {
        const words::sign_rule rule = words::rule_by_variance(difference_of(printed), sense);
        if (rule != words::sign_rule::unknown) p.turned = a.turned = rule == words::sign_rule::spending_positive;
    }
    if (!p.turned) p.turned = a.turned;
    if (!a.turned) a.turned = p.turned;
    const bool own_words = words::result_sense_of(plan.label) != words::result_sense_of(actual.label);
    if (!p.turned || (*p.turned != *a.turned && !own_words)) {
        if (!p.turned && !p.in_doubt && !a.in_doubt) return turned_lines{}; // nil throughout
        findings.push_back(doubtful(plan, actual));
        return std::nullopt;
    }
    return turned_lines{*p.turned, *a.turned};
}

} // namespace riskshare::templates
