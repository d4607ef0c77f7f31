// What a person says about a workbook that headings do not settle: a mapping file, in TOML.
#ifndef RISKSHARE_TEMPLATE_MAPPING_HPP
#define RISKSHARE_TEMPLATE_MAPPING_HPP

#include <riskshare/organisation.hpp>
#include <riskshare/result.hpp>
#include <riskshare/savings.hpp>
#include <riskshare/unit.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace riskshare::templates {

/// Where one table stands, as far as it is said. What is left out is found by the headings.
struct table_mapping {
    std::string sheet = {};                        ///< only this sheet is searched
    std::optional<std::uint32_t> heading_row = {}; ///< the last row of the headings
    std::optional<std::uint32_t> last_row = {};    ///< nothing below it is read
    std::optional<riskshare::unit> unit = {};
    std::map<std::string, std::uint32_t> columns = {}; ///< field id to column number
    /// Of a tracker: "plan", "actual" or "forecast" to the heading above the months that are meant.
    std::map<std::string, std::string> blocks = {};
    std::vector<std::uint32_t> total_rows = {}, ignored_rows = {};
};

/// A whole mapping file.
struct mapping {
    std::map<std::string, table_mapping> tables = {};      ///< by shape: "savings", "control_totals", …
    std::map<std::string, std::string> organisations = {}; ///< name as typed to code
    std::optional<risk_weights> weights = {};
    std::map<std::string, ratio> status_weights = {}; ///< of [weights] that is by development status
    std::map<std::string, rating> ratings = {};       ///< further rating names: "blue" to green
    /// What words or scores of a register stand for, in lower case: "high" or "4" to 75%.
    std::map<std::string, ratio> likelihoods = {};
    /// Further words of the trade, by the name of what they mean: "plan" to "trajectory", "path".
    std::map<std::string, std::vector<std::string>> words = {};

    const table_mapping* table(const std::string& shape) const {
        const auto found = tables.find(shape);
        return found == tables.end() ? nullptr : &found->second;
    }
};

/// Reads a mapping. Fails with rule "mapping.…" and the line; an unknown key is an error, for it is likely misspelt.
///
///     [savings]
///     sheet = "Efficiencies"
///     heading_row = 4
///     unit = "£000"
///     columns = { organisation = "A", red = "B" }
///     total_rows = [11]
///     [tracker]
///     blocks = { plan = "Revised plan" }
///     [organisations]
///     "City" = "LCCCG"
///     [weights]
///     red = "50%"
///     [words]
///     plan = ["trajectory"]
result<mapping> parse_mapping(const std::string& toml, const std::string& name);

/// Every section with its keys, as `riskshare help mapping` prints them and `parse_mapping` accepts them.
std::string mapping_help();

/// The same, as text: what --save-map writes.
std::string to_toml(const mapping&);

} // namespace riskshare::templates

#endif
