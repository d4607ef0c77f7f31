// Charts of a pack as SVG. Whole numbers alone, so that every machine draws the same.
#ifndef RISKSHARE_SRC_REPORT_PACK_CHARTS_HPP
#define RISKSHARE_SRC_REPORT_PACK_CHARTS_HPP

#include <riskshare/report/pack.hpp>

#include <string>

namespace riskshare::report {

/// An <svg> with a title and a description. \param id distinguishes it within its page. Empty where nothing is known.
std::string chart_svg(const pack_chart&, const pack&, riskshare::unit, int places, const std::string& id);

} // namespace riskshare::report

#endif
