// Something that is said of one party, and where.
#ifndef RISKSHARE_PER_PARTY_HPP
#define RISKSHARE_PER_PARTY_HPP

#include <riskshare/provenance.hpp>

#include <string>

namespace riskshare {

template <class T>
struct per_party {
    std::string organisation = {};
    T value = {};
    provenance at = {};
};

} // namespace riskshare

#endif
