// One request, one answer: what the command line, the C face, the page and the packages share. Bytes in, bytes out.
#ifndef RISKSHARE_ANSWERS_HPP
#define RISKSHARE_ANSWERS_HPP

#include <riskshare/account.hpp>
#include <riskshare/finding.hpp>

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace riskshare::answers {

/// How a request ended; the exit status of the command.
enum exit_status : int {
    fine = 0,
    found_errors = 1,
    wrong_use = 2,
    refused = 3,
    not_written = 4,
    internal_fault = 5,
    interrupted = 130,
};

struct named_bytes {
    std::string name, bytes;
};

/// An option that was given, with its values as people type them: "month" with "4". A flag has none.
struct given_option {
    std::string name;
    std::vector<std::string> values = {};
};

struct request {
    std::string command;                    ///< "risk"; `commands()` of <riskshare/commands.hpp> has them all
    std::vector<std::string> files = {};    ///< what the command reads, by name and in order
    std::vector<given_option> options = {}; ///< unknown ones are refused by name
    std::vector<named_bytes> bytes = {};    ///< of the files, and of those that options name

    bool text = true;  ///< write the answer for people
    bool json = false; ///< write it for programs; the option "json" asks for this alone
    bool text_colour = false, talk_colour = false;
    bool each_cell = false; ///< `account::each` is to have every cell

    /// Where the bytes of a file that is not among `bytes` come from. May throw `input_refused`. None: it is refused.
    std::function<std::string(const std::string& name)> open = {};
    /// Told now and then how far a long reading is.
    std::function<void(const std::string& what, std::size_t done, std::size_t all)> progress = {};
};

struct answer {
    int status = fine;                  ///< one of `exit_status`
    std::string text;                   ///< the result for people
    std::string json;                   ///< one object, also where the request is refused; as CONTRACT of --json says
    std::string talk;                   ///< findings and remarks for people
    std::vector<named_bytes> made;      ///< files that options asked for; "-" is standard output
    std::vector<finding> findings = {}; ///< what `talk` tells, as data
    std::optional<riskshare::account> account = {}; ///< of the workbooks that were read
};

/// Works a request out. What is wrong with the request or its files is an answer too, never an exception.
/// Throws `std::bad_alloc` alone.
answer answered(const request&);

/// The request that a JSON object holds: {"command":"risk","files":["plan.xlsx"],"options":{"verbose":true}}, and
/// perhaps "text" and "json": true or false, where left out "json" alone. The bytes of its files are to be added.
/// Throws `input_refused` with rule "request.malformed".
request request_of(std::string_view json);

/// What is said about an answer, as JSON: status, findings, and of the files made their names and sizes.
std::string summary_json(const answer&);

/// What stands in place of an answer's JSON where there is none: {"schema":"riskshare.refusal/1",…} with the findings.
std::string refusal_json(int status, const std::vector<finding>&);

/// "0.1.0", and the commit it was built from where that is known.
std::string version();

} // namespace riskshare::answers

#endif
