// Where the command speaks: results on standard output, talk on standard error.
#ifndef RISKSHARE_ANSWERS_CONSOLE_HPP
#define RISKSHARE_ANSWERS_CONSOLE_HPP

#include <riskshare/finding.hpp>

#include <chrono>
#include <cstddef>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace riskshare::answers {

/// What scripts rely on; see the man page.
enum exit_status : int {
    fine = 0,
    found_errors = 1,
    wrong_use = 2,
    refused = 3,
    not_written = 4,
    internal_fault = 5,
    interrupted = 130,
};

struct console {
    std::ostream& out;
    std::ostream& talk;
    bool out_colour = false;
    bool talk_colour = false;
    bool talk_is_terminal = false;
};

/// A bar on a terminal, once the work has taken a second; it takes itself away.
class progress_bar {
public:
    progress_bar(console& to, std::string what) : to_(to), what_(std::move(what)) {}
    ~progress_bar();
    progress_bar(const progress_bar&) = delete;
    progress_bar& operator=(const progress_bar&) = delete;

    void operator()(std::size_t done, std::size_t all);

private:
    console& to_;
    std::string what_;
    std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
    bool drawn_ = false;
};

/// Prints findings for a person: worst first, each with its places and what to do, the count last.
void print(console&, std::vector<finding>);

/// 1 when any finding is an error, else 0.
int status_of(const std::vector<finding>&);

} // namespace riskshare::answers

#endif
