#include "workbook_input.hpp"

#include <iostream>
#include <iterator>

namespace riskshare::tool {

workbook::book open_book(const std::string& file) {
    if (file != "-") return workbook::book::open(file);
    std::cin.exceptions(std::ios::badbit);
    std::string bytes(std::istreambuf_iterator<char>(std::cin), {});
    return workbook::book(workbook::package::from_bytes(std::move(bytes), "standard input"));
}

std::string without_quotes(std::string_view name) {
    if (name.size() < 2 || name.front() != '\'' || name.back() != '\'') return std::string(name);
    name = name.substr(1, name.size() - 2);
    std::string plain;
    for (std::size_t i = 0; i < name.size(); ++i) {
        plain += name[i];
        if (name[i] == '\'' && i + 1 < name.size() && name[i + 1] == '\'') ++i;
    }
    return plain;
}

} // namespace riskshare::tool
