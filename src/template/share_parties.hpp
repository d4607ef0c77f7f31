// Which party of an agreement a heading names.
#ifndef RISKSHARE_SRC_TEMPLATE_SHARE_PARTIES_HPP
#define RISKSHARE_SRC_TEMPLATE_SHARE_PARTIES_HPP

#include <riskshare/agreement.hpp>
#include <riskshare/finding.hpp>
#include <riskshare/organisation.hpp>

#include <optional>
#include <string>

namespace riskshare::templates {

struct party_named {
    std::string party;
    bool surely = false; ///< its name but for case and blanks, or one that the directory or a mapping gives it
};

/// An agreement's own names go before every directory. A longer or misspelt name that fits one party and no other is
/// that party, not surely.
std::optional<party_named> party_in(const std::string& text, const agreement&, const organisation_directory&);

/// Asks whether a name means a party, with the line of a mapping that says so.
finding ask_for_party(const std::string& text, const std::string& party, const provenance&);

} // namespace riskshare::templates

#endif
