// "1 finding", "2 findings".
#ifndef RISKSHARE_ANSWERS_PLURAL_HPP
#define RISKSHARE_ANSWERS_PLURAL_HPP

#include <cstddef>
#include <string>

namespace riskshare::answers {

inline std::string plural(std::size_t n, const char* one, const char* many) {
    return std::to_string(n) + " " + (n == 1 ? one : many);
}

} // namespace riskshare::answers

#endif
