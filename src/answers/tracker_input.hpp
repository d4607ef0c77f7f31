// From the files on the command line to one tracker.
#ifndef RISKSHARE_ANSWERS_TRACKER_INPUT_HPP
#define RISKSHARE_ANSWERS_TRACKER_INPUT_HPP

#include "load.hpp"

#include <riskshare/template/tracker_sheet.hpp>

#include <string>
#include <vector>

namespace riskshare::answers {

struct trackers_read : templates::tracker_reading {
    savings_table published;                     ///< tables of savings by rating that the files print
    std::optional<sourced_weights> weights = {}; ///< that a file gives
};

/// The trackers of all files, workbooks or models, one after the other. Throws `input_refused` for a file that cannot
/// be read at all. A file in which neither a tracker nor a table of savings is found is a finding
/// ("tracker.nothing_found").
trackers_read read_trackers(const std::vector<std::string>& files, const input_options&, int month, console&);

} // namespace riskshare::answers

#endif
