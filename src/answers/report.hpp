// The command that makes the monthly pack, and its options.
#ifndef RISKSHARE_ANSWERS_REPORT_HPP
#define RISKSHARE_ANSWERS_REPORT_HPP

#include "commands.hpp"

namespace riskshare::answers {

struct report_options : input_options {
    std::string agreement;
    int month = 0;                  ///< 1 to 12; 0 when not said
    std::vector<std::string> since; ///< the files of an earlier month
    std::string output;             ///< its ending says what is written
    std::string into;               ///< a workbook that the team has, to be filled
};
int run_report(const report_options&, console&);

} // namespace riskshare::answers

#endif
