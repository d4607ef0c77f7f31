#include "workbook/detail/refusal.hpp"
#include "workbook/detail/relationships.hpp"
#include "workbook/detail/splice.hpp"
#include "workbook/detail/table_guard.hpp"

#include <algorithm>

namespace riskshare::workbook::detail {
namespace {

bool same_name(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

/// In an attribute Excel writes a line end as an escape, lest it be read as a blank.
std::string attribute_text(const std::string& name) {
    std::string out;
    for (const char c : name) {
        if (c == '\n' || c == '\r' || c == '\t')
            out += c == '\n' ? "_x000a_" : c == '\r' ? "_x000d_" : "_x0009_";
        else
            out += c;
    }
    return escaped(out);
}

/// As a formula names a column: [, ], # and ' are marked by an apostrophe.
std::string in_brackets(const std::string& column) {
    std::string out = "[";
    for (const char c : column) {
        if (std::string_view("[]#'").find(c) != std::string_view::npos) out += '\'';
        out += c;
    }
    return escaped(out + "]");
}

} // namespace

table_guard::table_guard(const book& source, const std::string& sheet_part) : source_(source) {
    for (const relationship& r : relationships_of(source.source(), sheet_part))
        if (r.type == "table" && !r.external && !r.missing)
            if (auto table = read(source.source(), r.target)) tables_.push_back(std::move(*table));
}

std::optional<table_guard::guarded> table_guard::read(const package& p, const std::string& part) {
    guarded table;
    const std::string where = place_of(p, part);
    table.part = part;
    table.text = decoded(p.read(part), where);
    xml_reader reader(table.text.text, where);
    for (auto e = reader.next(); e != xml_reader::event::end; e = reader.next()) {
        if (e != xml_reader::event::open) continue;
        if (reader.depth() == 1) {
            const auto area = parse_range(reader.attribute("ref").value_or(""));
            if (!area) return {};
            if (reader.attribute("headerRowCount").value_or("1") != "0")
                table.headings = {area->first, {area->first.row, area->last.column}};
            if (reader.attribute("totalsRowCount").value_or("0") != "0")
                table.totals = {{area->last.row, area->first.column}, area->last};
            table.name = reader.attribute("displayName").value_or(reader.attribute("name").value_or(""));
        } else if (reader.name() == "tableColumn") {
            column c;
            c.name = reader.attribute("name").value_or("");
            unescape_xstring(c.name);
            const auto raw = raw_attribute(reader.attributes(), "name");
            if (raw) c.raw = span_of(table.text.text, *raw);
            const auto label = raw_attribute(reader.attributes(), "totalsRowLabel");
            if (label) c.raw_label = span_of(table.text.text, *label);
            c.label = reader.attribute("totalsRowLabel").value_or("");
            unescape_xstring(c.label);
            c.function = reader.attribute("totalsRowFunction").value_or("none");
            table.columns.push_back(std::move(c));
        }
    }
    return table;
}

bool table_guard::is_named_in_formulas(const std::string& heading) const {
    const std::string named = in_brackets(heading);
    const package& p = source_.source();
    const auto holds = [&](const std::string& part) {
        return p.has(part) && text_of(p, part).find(named) != std::string::npos;
    };
    if (holds(source_.workbook_part())) return true;
    for (const std::string& sheet : source_.sheet_names())
        if (holds(source_.part_of(sheet))) return true;
    return std::any_of(tables_.begin(), tables_.end(), [&](const guarded& t) { return holds(t.part); });
}

std::optional<std::string> table_guard::objection(address at, const new_value& value) {
    const auto table = std::find_if(tables_.begin(), tables_.end(),
                                    [&](const guarded& t) { return t.headings && t.headings->contains(at); });
    if (table == tables_.end()) return {};
    const std::size_t index = at.column - table->headings->first.column;
    if (index >= table->columns.size()) return {};
    column& c = table->columns[index];
    const std::string heading = "is a heading of the table " + in_quotes(table->name);
    if (value.kind != cell_kind::text || value.text.empty() || value.formula)
        return heading + ", which has to be text. Set it to text, or turn the table into a range in Excel.";
    if (same_name(value.text, c.name)) {
        if (value.text == c.name) return {};
    } else {
        for (const column& other : table->columns)
            if (same_name(other.name, value.text))
                return heading + ", which has a column of that name already. Choose another one.";
        if (is_named_in_formulas(c.name))
            return heading + ", and formulas name the column as [" + c.name +
                   "]. Change the heading in Excel, which changes them too.";
    }
    sentences_.push_back("column " + in_quotes(c.name) + " of the table " + in_quotes(table->name) + " is now called " +
                         in_quotes(value.text));
    c.name = value.text;
    c.renamed = true;
    return {};
}

void table_guard::note(address at, const new_value& value) {
    const auto table = std::find_if(tables_.begin(), tables_.end(),
                                    [&](const guarded& t) { return t.totals && t.totals->contains(at); });
    if (table == tables_.end()) return;
    const std::size_t index = at.column - table->totals->first.column;
    if (index >= table->columns.size()) return;
    column& c = table->columns[index];
    const std::string whose = "column " + in_quotes(c.name) + " of the table " + in_quotes(table->name);
    if (c.function != "none" && !value.formula)
        sentences_.push_back(to_string(at) + " held the total of " + whose +
                             ", which comes back when the totals row is switched off and on");
    if (c.raw_label.end == 0 || value.formula || value.kind != cell_kind::text) return;
    sentences_.push_back("the totals row of the table " + in_quotes(table->name) + " is now labelled " +
                         in_quotes(value.text));
    c.label = value.text;
    c.relabelled = true;
}

std::vector<package::change> table_guard::changes() const {
    std::vector<package::change> all;
    for (const guarded& table : tables_) {
        splices renamed;
        for (const column& c : table.columns)
            if (c.renamed && c.raw.end != 0) renamed.replace(c.raw, attribute_text(c.name));
        for (const column& c : table.columns)
            if (c.relabelled) renamed.replace(c.raw_label, attribute_text(c.label));
        if (!renamed.empty())
            all.push_back({table.part, encoded({renamed.applied_to(table.text.text), table.text.stored})});
    }
    return all;
}

} // namespace riskshare::workbook::detail
