// Which figures of the finance model a cell was read as.
#ifndef RISKSHARE_ANSWERS_FIGURES_READ_HPP
#define RISKSHARE_ANSWERS_FIGURES_READ_HPP

#include <riskshare/organisation.hpp>
#include <riskshare/provenance.hpp>
#include <riskshare/workbook/sheet.hpp>

#include <string>
#include <vector>

namespace riskshare::answers {

/// "savings plan of UHL, red: 4,744 in £000". Empty where no table was read from the cell.
std::vector<std::string> figures_read_at(const workbook::book&, const provenance&, const organisation_directory&);

} // namespace riskshare::answers

#endif
