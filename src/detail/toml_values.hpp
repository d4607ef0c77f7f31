// What readers of TOML files share: a value of the wanted kind, or a fault at its line.
#ifndef RISKSHARE_SRC_DETAIL_TOML_VALUES_HPP
#define RISKSHARE_SRC_DETAIL_TOML_VALUES_HPP

#include <toml++/toml.h>

#include <cstdint>
#include <string>

namespace riskshare::detail {

/// Thrown by what reads one value, caught where the file is read.
struct toml_fault {
    std::string message;
    std::uint32_t line;
};

[[noreturn]] inline void refuse(const std::string& message, const toml::node& at) {
    throw toml_fault{message, at.source().begin.line};
}

/// Throws `toml_fault` for what is not a text.
inline std::string text_of(const toml::node& n, const std::string& key) {
    if (!n.is_string()) refuse(key + " must be a text in quotes", n);
    return n.value<std::string>().value();
}

} // namespace riskshare::detail

#endif
