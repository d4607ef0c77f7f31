#include "workbook_input.hpp"

#include "console.hpp"

#include <riskshare/workbook/calculated.hpp>

namespace riskshare::answers {

workbook::book book_of(std::string bytes, const std::string& file) {
    const std::string name = file == "-" ? "standard input" : file_name(file);
    return workbook::book(workbook::package::from_bytes(std::move(bytes), name));
}

workbook::book calculated_book_of(std::string bytes, const std::string& file) {
    return workbook::calculated(book_of(std::move(bytes), file));
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

} // namespace riskshare::answers
