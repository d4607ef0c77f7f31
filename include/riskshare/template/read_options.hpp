// What one may have to say before a workbook is read.
#ifndef RISKSHARE_TEMPLATE_READ_OPTIONS_HPP
#define RISKSHARE_TEMPLATE_READ_OPTIONS_HPP

#include <riskshare/organisation.hpp>
#include <riskshare/period.hpp>
#include <riskshare/template/mapping.hpp>
#include <riskshare/unit.hpp>

#include <optional>
#include <string>
#include <vector>

namespace riskshare::templates {

struct read_options {
    organisation_directory directory = {}; ///< whose names are known
    mapping map = {};
    std::optional<unit> unit_if_none = {};           ///< of tables that name none
    std::vector<std::string> sheets_of_schemes = {}; ///< where trackers were found: nothing else is asked of them
    std::optional<riskshare::month> month = {};      ///< of the report, where it was said: it goes before every title
};

} // namespace riskshare::templates

#endif
