// What may be typed, made from the table of commands. The one place that knows CLI11.
#ifndef RISKSHARE_TOOL_COMMAND_LINE_HPP
#define RISKSHARE_TOOL_COMMAND_LINE_HPP

#include <riskshare/answers.hpp>

#include <optional>
#include <string>
#include <vector>

namespace riskshare::tool {

struct typed_line {
    answers::request request;
    std::string colour = "auto"; ///< or "always" or "never"
};

/// The request that was typed; nothing where it was a call for help or no request at all, which is told, and `status`
/// set.
std::optional<typed_line> read_line(const std::vector<std::string>& words, int& status);

} // namespace riskshare::tool

#endif
