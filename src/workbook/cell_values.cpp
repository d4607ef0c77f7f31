#include "workbook/detail/cell_values.hpp"

#include "workbook/detail/dates.hpp"
#include "workbook/detail/decimal_text.hpp"
#include "workbook/detail/refusal.hpp"
#include "workbook/detail/shared_formula.hpp"
#include "workbook/detail/xml_text.hpp"

#include <riskshare/error.hpp>

#include <charconv>

namespace riskshare::workbook::detail {

namespace {

[[noreturn]] void refuse(const char* rule, const raw_cell& cell, const cell_context& in, const std::string& why) {
    throw input_refused(rule, std::string(in.where) + ", cell " + to_string(cell.at) + ": " + why);
}

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

/// A value that is no text: markup inside it is resolved, blanks around it mean nothing.
std::string_view bare(const raw_cell& cell, const cell_context& in, std::string& scratch) {
    const std::string_view text = trimmed(cell.value);
    if (text.find_first_of("<&") == std::string_view::npos) return text;
    scratch = plain(text, in.where);
    return trimmed(scratch);
}

stored_value number(const raw_cell& cell, const cell_context& in, std::string& scratch) {
    std::string_view text = cell.value;
    if (is_stored_number(text)) return {cell_kind::number, text};
    text = bare(cell, in, scratch);
    if (text.empty()) return {};
    if (!is_stored_number(text))
        refuse("workbook.number", cell, in, in_quotes(text) + " is no number that a sheet can hold");
    return {cell_kind::number, text};
}

stored_value shared_string(const raw_cell& cell, const cell_context& in, std::string& scratch) {
    const std::string_view text = bare(cell, in, scratch);
    if (text.empty()) return {};
    std::size_t index = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), index);
    const bool whole = parsed.ec == std::errc() && parsed.ptr == text.data() + text.size();
    if (!whole || index >= in.strings->size())
        refuse("workbook.shared_string", cell, in,
               "shared string " + in_quotes(text) + " does not exist; there are " + std::to_string(in.strings->size()));
    return {cell_kind::text, (*in.strings)[index]};
}

stored_value own_text(std::string_view raw, const cell_context& in, std::string& scratch) {
    scratch.clear();
    append_plain(scratch, raw, in.where);
    unescape_xstring(scratch);
    return {cell_kind::text, scratch};
}

stored_value inline_text(const raw_cell& cell, const cell_context& in, std::string& scratch) {
    if (!cell.has_inline) return cell.has_value ? own_text(cell.value, in, scratch) : stored_value{};
    scratch.clear();
    append_rich_text(scratch, cell.inline_string, in.prefix, in.where);
    return {cell_kind::text, scratch};
}

stored_value boolean(const raw_cell& cell, const cell_context& in, std::string& scratch) {
    const std::string_view text = bare(cell, in, scratch);
    if (text == "1" || text == "true" || text == "TRUE") return {cell_kind::boolean, "TRUE"};
    if (text == "0" || text == "false" || text == "FALSE") return {cell_kind::boolean, "FALSE"};
    if (text.empty()) return {};
    refuse("workbook.boolean", cell, in, in_quotes(text) + " is neither true nor false");
}

stored_value date(const raw_cell& cell, const cell_context& in, std::string& scratch) {
    const std::string_view text = bare(cell, in, scratch);
    if (text.empty()) return {};
    const std::optional<std::string> serial = serial_of_iso(text, in.from_1904);
    if (!serial) refuse("workbook.date", cell, in, in_quotes(text) + " is no date that a sheet can hold");
    scratch = *serial;
    return {cell_kind::number, scratch};
}

std::string text_of_attribute(std::string_view attributes, std::string_view name) {
    return std::string(raw_attribute(attributes, name).value_or(""));
}

bool is_set(std::string_view attributes, std::string_view name) {
    const std::string_view value = raw_attribute(attributes, name).value_or("0");
    return value == "1" || value == "true";
}

std::string data_table(std::string_view attributes) {
    const std::string first = text_of_attribute(attributes, "r1"), second = text_of_attribute(attributes, "r2");
    if (is_set(attributes, "dt2D")) return "TABLE(" + first + "," + second + ")";
    return is_set(attributes, "dtr") ? "TABLE(" + first + ",)" : "TABLE(," + first + ")";
}

} // namespace

stored_value value_of(const raw_cell& cell, const cell_context& in, std::string& scratch) {
    const std::string_view type = cell.type;
    if (type.size() <= 1) {
        if (type.empty() || type == "n") return cell.has_value ? number(cell, in, scratch) : stored_value{};
        if (type == "s") return shared_string(cell, in, scratch);
        if (type == "b") return boolean(cell, in, scratch);
        if (type == "d") return date(cell, in, scratch);
        if (type == "e") {
            const std::string_view text = bare(cell, in, scratch);
            return text.empty() ? stored_value{} : stored_value{cell_kind::error, text};
        }
    }
    if (type == "str") return cell.has_value ? own_text(cell.value, in, scratch) : stored_value{};
    if (type == "inlineStr") return inline_text(cell, in, scratch);
    refuse("workbook.cell_type", cell, in, in_quotes(type) + " is no type of a cell");
}

void formula_reader::note(const raw_cell& cell) {
    if (cell.formula.empty() || raw_attribute(cell.formula_attributes, "t") != "shared") return;
    masters_[text_of_attribute(cell.formula_attributes, "si")] = {plain(cell.formula, where_), cell.at};
}

std::string formula_reader::read(const raw_cell& cell, std::string* missing) {
    const std::string_view attributes = cell.formula_attributes;
    if (attributes.empty()) return plain(cell.formula, where_);
    const std::string_view type = raw_attribute(attributes, "t").value_or("normal");
    if (type == "dataTable") return data_table(attributes);
    if (type != "shared" || !cell.formula.empty()) {
        note(cell);
        return plain(cell.formula, where_);
    }
    const std::string index = text_of_attribute(attributes, "si");
    std::optional<std::string> text = member(index, cell.at);
    if (!text && missing != nullptr) *missing = index;
    return text.value_or("");
}

std::optional<std::string> formula_reader::member(const std::string& shared_index, address at) const {
    const auto found = masters_.find(shared_index);
    if (found == masters_.end()) return std::nullopt;
    return moved_formula(found->second.text, found->second.at, at);
}

std::optional<range> formula_reader::filled(const raw_cell& cell) {
    const std::string_view type = raw_attribute(cell.formula_attributes, "t").value_or("");
    if (type != "array" && type != "dataTable") return std::nullopt;
    const result<range> where = parse_range(raw_attribute(cell.formula_attributes, "ref").value_or(""));
    return where ? *where : range{cell.at, cell.at};
}

} // namespace riskshare::workbook::detail
