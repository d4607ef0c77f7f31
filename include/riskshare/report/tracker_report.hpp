// A CIP tracker as a page for a terminal, as JSON and as CSV.
#ifndef RISKSHARE_REPORT_TRACKER_REPORT_HPP
#define RISKSHARE_REPORT_TRACKER_REPORT_HPP

#include <riskshare/rating_proof.hpp>
#include <riskshare/scheme_movement.hpp>
#include <riskshare/tracker_review.hpp>

#include <optional>
#include <string>
#include <vector>

namespace riskshare::report {

/// Everything that is said about a tracker at one month.
struct tracker_view {
    month reported{12};
    roll_up sums;
    risk_weights weights;
    std::string weights_source;
    bool weights_assumed = false; ///< nobody gave them
    exact risk_left;              ///< on what is left to deliver
    ratio share;                  ///< of the risk that `largest` makes up
    std::vector<scheme_risk> largest;
    std::optional<money> target = {};
    std::optional<tracker_bridge> bridge = {}; ///< since an earlier tracker
    std::string since = {};                    ///< the name of that tracker
    std::optional<rating_proof> proof = {};    ///< against the tables of savings by rating that the files print
};

/// In whole thousands of pounds, as a board paper prints them.
std::string tracker_text(const tracker&, const tracker_view&, bool colour);
/// JSON of schema riskshare.track/1.
std::string tracker_json(const tracker&, const tracker_view&, const std::vector<finding>&);
/// One line a group and one for the total, in pounds.
std::string tracker_csv(const tracker_view&);

/// One line a scheme: its fields, its months of plan and of actual or forecast, and what they come to, in pounds.
std::string schemes_csv(const tracker&, month reported);

/// The movement alone, as a page.
std::string bridge_text(const tracker_bridge&, bool colour);

/// One line of what changed between two files: one amount before and after, or a scheme's movement.
struct change {
    std::string what, organisation;
    std::optional<exact> before = {}, after = {};
    exact difference = {};
    std::vector<provenance> at = {};
    std::string words = {};
};
/// What moved between two trackers: the totals of each organisation, then each scheme.
std::vector<change> changes_of(const tracker& before, month before_month, const tracker& after, month after_month,
                               const risk_weights&);
/// JSON of schema riskshare.compare/1.
std::string changes_json(const std::vector<change>&, const std::vector<finding>&);
std::string changes_text(const std::vector<change>&, bool colour);

} // namespace riskshare::report

#endif
