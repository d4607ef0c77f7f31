// What a cell was read as, and its state in the account.
#ifndef RISKSHARE_ANSWERS_FIGURES_READ_HPP
#define RISKSHARE_ANSWERS_FIGURES_READ_HPP

#include <riskshare/account.hpp>
#include <riskshare/organisation.hpp>
#include <riskshare/provenance.hpp>
#include <riskshare/workbook/sheet.hpp>

#include <optional>
#include <string>
#include <vector>

namespace riskshare::answers {

struct cell_reading {
    std::vector<std::string> figures = {};  ///< "savings plan of UHL, red: 4,744 in £000"
    std::optional<cell_account> state = {}; ///< nothing for a cell that holds nothing
};
cell_reading reading_of_cell(const workbook::book&, const provenance&, const organisation_directory&);

} // namespace riskshare::answers

#endif
