#include "workbook/detail/book_state.hpp"
#include "workbook/detail/refusal.hpp"
#include "workbook/detail/xml_scan.hpp"
#include "workbook/detail/xml_text.hpp"

#include <algorithm>
#include <charconv>
#include <unordered_map>

namespace riskshare::workbook {

using namespace detail;

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

// Without case for A to Z alone; sheets whose names differ only in the case of other letters are told apart.
bool same_name(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

bool ends_with(std::string_view text, std::string_view end) {
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

/// The part that the content types call a workbook; empty when there is none.
std::string part_by_content_type(const package& source) {
    constexpr std::string_view list = "[Content_Types].xml";
    if (!source.has(list)) return "";
    const std::string text = text_of(source, list), where = place_of(source, list);
    xml_reader reader(text, where);
    for (auto e = reader.next(); e != xml_reader::event::end; e = reader.next()) {
        if (e != xml_reader::event::open || reader.name() != "Override") continue;
        const std::string type = reader.attribute("ContentType").value_or("");
        if (type.find("spreadsheet") == std::string::npos && type.find("ms-excel") == std::string::npos) continue;
        if (!ends_with(type, ".main+xml")) continue;
        std::string part = resolved("", reader.attribute("PartName").value_or(""));
        if (source.has(part)) return part;
    }
    return "";
}

std::string find_workbook_part(const package& source, std::vector<std::string>& warnings) {
    for (const relationship& r : relationships_of(source, ""))
        if (r.type == "officeDocument" && !r.external && !r.missing) return r.target;
    std::string part = part_by_content_type(source);
    if (part.empty() && source.has("xl/workbook.xml")) part = "xl/workbook.xml";
    if (part.empty())
        refuse("workbook.no_workbook", source.name(), "holds no workbook: nothing in it says which part that is.");
    warnings.push_back(source.name() + ": the package does not say that " + part +
                       " is its workbook; it was read as that");
    return part;
}

visibility visibility_of(const std::optional<std::string>& state) {
    if (state == "hidden") return visibility::hidden;
    return state == "veryHidden" ? visibility::very_hidden : visibility::visible;
}

/// The parts that sheets may name, by the id of the relationship.
using links_by_id = std::unordered_map<std::string_view, const relationship*>;

void check_new_sheet(const book::state& s, const std::string& name) {
    constexpr std::size_t most_sheets = 10'000, longest_name = 1'000; // Excel's own are 31 characters at most
    if (s.names.size() == most_sheets)
        refuse("workbook.too_many_sheets", s.source.name(),
               "names more than " + std::to_string(most_sheets) + " sheets, which is refused as a likely attack.");
    if (name.size() > longest_name)
        refuse("workbook.sheet_name", s.source.name(), "has a sheet whose name is too long, " + in_quotes(name) + ".");
}

void add_sheet(book::state& s, const xml_reader& reader, const links_by_id& links) {
    std::string name = reader.attribute("name").value_or("");
    check_new_sheet(s, name);
    book::state::entry entry;
    entry.shown = visibility_of(reader.attribute("state"));
    const auto found = links.find(reader.prefixed_attribute("id").value_or(""));
    const relationship* link = found == links.end() ? nullptr : found->second;
    if (link == nullptr || link->missing || link->external)
        warn(s.warnings,
             s.source.name() + ": sheet " + in_quotes(name) + " has no part in the file; it reads as empty");
    else
        entry.part = link->target;
    if (s.find(name) != std::string::npos)
        warn(s.warnings, s.source.name() + ": there are two sheets " + in_quotes(name) + "; the first is read");
    s.names.push_back(std::move(name));
    s.entries.push_back(std::move(entry));
}

void add_defined_name(book::state& s, xml_reader& reader) {
    defined_name one;
    one.name = reader.attribute("name").value_or("");
    const std::string scope = reader.attribute("localSheetId").value_or("");
    std::size_t index = 0;
    const auto parsed = std::from_chars(scope.data(), scope.data() + scope.size(), index);
    if (!scope.empty() && parsed.ec == std::errc() && index < s.names.size()) one.scope_sheet = s.names[index];
    one.refers_to = reader.inner_text();
    s.defined_names.push_back(std::move(one));
}

void read_workbook_part(book::state& s, const std::vector<relationship>& links) {
    const std::string text = text_of(s.source, s.part), where = place_of(s.source, s.part);
    links_by_id by_id;
    for (const relationship& r : links) by_id.emplace(r.id, &r);
    xml_reader reader(text, where);
    for (auto e = reader.next(); e != xml_reader::event::end; e = reader.next()) {
        if (e != xml_reader::event::open) continue;
        const std::string_view name = reader.name();
        if (reader.depth() == 1 && name != "workbook")
            refuse("workbook.not_a_workbook", s.source.name(),
                   "is no workbook: its main part is a " + in_quotes(name) + ". Is it a document or a presentation?");
        if (name == "workbookPr")
            s.from_1904 = reader.flag("date1904");
        else if (name == "sheet")
            add_sheet(s, reader, by_id);
        else if (name == "definedName")
            add_defined_name(s, reader);
        else if (name == "extLst")
            reader.skip();
    }
}

void refuse_shared_parts(const book::state& s) {
    std::unordered_map<std::string, std::size_t> first_by_part;
    for (std::size_t i = 0; i < s.entries.size(); ++i) {
        if (s.entries[i].part.empty()) continue;
        std::string key = s.entries[i].part;
        std::transform(key.begin(), key.end(), key.begin(), lower);
        const auto [first, fresh] = first_by_part.emplace(std::move(key), i);
        if (!fresh)
            refuse("workbook.sheet_twice", s.source.name(),
                   "keeps its sheets " + in_quotes(s.names[first->second]) + " and " + in_quotes(s.names[i]) +
                       " in one part, so that an edit of one would change the other; no program writes that.");
    }
}

void warn_of_missing(book::state& s, const std::vector<relationship>& links, const std::string& who) {
    for (const relationship& r : links)
        if (r.missing && r.type != "worksheet")
            warn(s.warnings, s.source.name() + ": " + who + " refers to " + in_quotes(r.target) + " (" +
                                 in_quotes(r.type) + "), which is not in the file");
}

} // namespace

std::size_t book::state::find(std::string_view sheet_name) const noexcept {
    for (std::size_t i = 0; i < names.size(); ++i)
        if (same_name(names[i], sheet_name)) return i;
    return std::string::npos;
}

std::size_t book::state::index_of(std::string_view sheet_name) const {
    const std::size_t index = find(sheet_name);
    if (index == std::string::npos)
        throw precondition_violated(source.name() + " has no sheet " + in_quotes(sheet_name));
    return index;
}

std::shared_ptr<const string_table> book::state::strings() const {
    const std::lock_guard<std::mutex> guard(lock);
    if (!strings_)
        strings_ = strings_part.empty() ? std::make_shared<const string_table>()
                                        : std::make_shared<const string_table>(text_of(source, strings_part),
                                                                               place_of(source, strings_part));
    return strings_;
}

std::shared_ptr<const styles> book::state::styles() const {
    const std::lock_guard<std::mutex> guard(lock);
    if (!styles_) {
        styles_ = styles_part.empty() ? std::make_shared<const detail::styles>()
                                      : std::make_shared<const detail::styles>(text_of(source, styles_part),
                                                                               place_of(source, styles_part));
    }
    return styles_;
}

book::book(package p) {
    auto s = std::make_shared<state>(std::move(p));
    s->part = find_workbook_part(s->source, s->warnings);
    const std::vector<relationship> links = relationships_of(s->source, s->part);
    for (const relationship& r : links) {
        if (r.missing || r.external) continue;
        if (r.type == "sharedStrings") s->strings_part = r.target;
        if (r.type == "styles") s->styles_part = r.target;
    }
    read_workbook_part(*s, links);
    refuse_shared_parts(*s);
    if (s->names.empty()) warn(s->warnings, s->source.name() + ": the workbook has no sheets");
    warn_of_missing(*s, links, "the workbook");
    for (std::size_t i = 0; i < s->names.size(); ++i)
        if (!s->entries[i].part.empty())
            warn_of_missing(*s, relationships_of(s->source, s->entries[i].part), "sheet " + in_quotes(s->names[i]));
    s->sheets.resize(s->names.size());
    state_ = std::move(s);
}

const package& book::source() const noexcept { return state_->source; }
const std::vector<std::string>& book::sheet_names() const noexcept { return state_->names; }
bool book::has(std::string_view sheet_name) const noexcept { return state_->find(sheet_name) != std::string::npos; }
const std::string& book::part_of(std::string_view sheet_name) const {
    return state_->entries[state_->index_of(sheet_name)].part;
}
const std::string& book::workbook_part() const noexcept { return state_->part; }
visibility book::shown(std::string_view sheet_name) const {
    return state_->entries[state_->index_of(sheet_name)].shown;
}
const std::vector<defined_name>& book::defined_names() const noexcept { return state_->defined_names; }
bool book::dates_from_1904() const noexcept { return state_->from_1904; }
const std::vector<std::string>& book::warnings() const noexcept { return state_->warnings; }

sheet book::read(std::string_view sheet_name) const {
    const std::size_t index = state_->index_of(sheet_name);
    {
        const std::lock_guard<std::mutex> guard(state_->lock);
        if (state_->sheets[index]) return *state_->sheets[index];
    }
    auto s = std::make_shared<sheet::state>();
    s->name = state_->names[index];
    s->part = state_->entries[index].part;
    s->shown = state_->entries[index].shown;
    s->styles = state_->styles();
    read_sheet(*s, *state_);

    const std::lock_guard<std::mutex> guard(state_->lock);
    if (!state_->sheets[index]) state_->sheets[index] = sheet(std::move(s));
    return *state_->sheets[index];
}

} // namespace riskshare::workbook
