// The key of a sheet: what it says that its colours mean.
#ifndef RISKSHARE_SRC_TEMPLATE_RATING_KEY_HPP
#define RISKSHARE_SRC_TEMPLATE_RATING_KEY_HPP

#include <riskshare/savings.hpp>
#include <riskshare/template/grid.hpp>

#include <string>
#include <vector>

namespace riskshare::templates::detail {

/// "Blue = delivered": a colour beside red, amber and green that the key says is delivered, and so bears no risk.
struct keyed_rating {
    std::string word;    ///< folded
    std::string meaning; ///< as the key writes it
    rating is = rating::green;
    provenance at;
};

/// Looks for a key in the texts of a sheet: "Blue = delivered" in one cell, or a colour with its meaning in the next.
/// Only what is delivered is understood; what a black rating is worth is for the system to say.
std::vector<keyed_rating> rating_key(const grid&);

/// "Blue bears no risk, as green does: the sheet says that it is delivered" ("rating.by_key"), a note at the key.
finding followed_key(const std::string& written, const keyed_rating&);

} // namespace riskshare::templates::detail

#endif
