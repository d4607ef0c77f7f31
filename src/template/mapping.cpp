#include <riskshare/template/mapping.hpp>

#include "detail/toml_values.hpp"
#include "template/mapping_keys.hpp"
#include "template/words/vocabulary.hpp"

#include <riskshare/workbook/cell.hpp>

#include <algorithm>
#include <sstream>

namespace riskshare::templates {

namespace {

using riskshare::detail::refuse;
using riskshare::detail::text_of;

std::uint32_t number_of(const toml::node& n, const std::string& key) {
    const std::optional<std::int64_t> i = n.value<std::int64_t>();
    if (!n.is_integer() || !i || *i < 1 || *i > workbook::last_row) refuse(key + " must be a row number", n);
    return static_cast<std::uint32_t>(*i);
}

std::uint32_t column_of(const toml::node& n, const std::string& key) {
    const std::string letters = text_of(n, key);
    const result<workbook::address> a = workbook::parse_address(letters + "1");
    if (!a) refuse(key + ": \"" + letters + "\" is not a column; write its letters, such as \"C\"", n);
    return a->column;
}

std::vector<std::uint32_t> rows_of(const toml::node& n, const std::string& key) {
    const toml::array* array = n.as_array();
    if (array == nullptr) refuse(key + " must be a list of row numbers", n);
    std::vector<std::uint32_t> out;
    for (const toml::node& row : *array) out.push_back(number_of(row, key));
    return out;
}

using detail::known_key;
using detail::known_section;
using detail::table_keys;
using detail::table_sections;
using detail::value_sections;

/// The nearest of the words, ready to be said.
std::string meant(const std::string& typed, const std::vector<std::string>& words) {
    std::string best;
    std::size_t fewest = typed.size() / 2 + 2;
    for (const std::string& word : words)
        if (const std::size_t apart = riskshare::detail::slips(typed, word); apart < fewest)
            fewest = apart, best = word;
    std::string all;
    for (const std::string& word : words) all += (all.empty() ? "" : ", ") + word;
    return best.empty() ? "; there are " + all : "; did you mean \"" + best + "\"?";
}

bool is_month_column(const std::string& id) {
    for (const char* kind : {"plan_m", "actual_m", "forecast_m"})
        if (const std::string prefix = kind; id.rfind(prefix, 0) == 0)
            for (int m = 1; m <= 12; ++m)
                if (id == prefix + std::to_string(m)) return true;
    return false;
}

void read_columns(const toml::node& node, const std::string& full, const known_section& section, table_mapping& out) {
    const toml::table* columns = node.as_table();
    if (columns == nullptr) refuse(full + " must be a table such as { red = \"C\" }", node);
    for (const auto& [field, column] : *columns) {
        const std::string id(field.str());
        const std::vector<std::string> known(section.columns.begin(), section.columns.end());
        const bool month = section.name == std::string("tracker") && is_month_column(id);
        if (!known.empty() && !month && std::find(known.begin(), known.end(), id) == known.end())
            refuse("unknown column " + full + "." + id + meant(id, known), column);
        out.columns[id] = column_of(column, full + "." + id);
    }
}

void read_blocks(const toml::node& node, const std::string& full, table_mapping& out) {
    const toml::table* blocks = node.as_table();
    if (blocks == nullptr) refuse(full + " must be a table such as { plan = \"Revised plan\" }", node);
    for (const auto& [kind, heading] : *blocks) {
        const std::string of(kind.str());
        if (of != "plan" && of != "actual" && of != "forecast")
            refuse(full + "." + of + ": a block is plan, actual or forecast", heading);
        out.blocks[of] = text_of(heading, full + "." + of);
    }
}

table_mapping table_of(const toml::table& t, const known_section& section) {
    const std::string name = section.name;
    table_mapping out;
    for (const auto& [k, node] : t) {
        const std::string key(k.str()), full = name + "." + key;
        if (key == "sheet")
            out.sheet = text_of(node, full);
        else if (key == "heading_row")
            out.heading_row = number_of(node, full);
        else if (key == "last_row")
            out.last_row = number_of(node, full);
        else if (key == "total_rows")
            out.total_rows = rows_of(node, full);
        else if (key == "ignored_rows")
            out.ignored_rows = rows_of(node, full);
        else if (key == "unit") {
            const std::string written = text_of(node, full);
            out.unit = parse_unit(written);
            if (!out.unit) refuse(full + ": \"" + written + "\" is not a unit; write £, £000 or £m", node);
        } else if (key == "columns") {
            read_columns(node, full, section, out);
        } else if (key == "blocks") {
            read_blocks(node, full, out);
        } else {
            std::vector<std::string> known;
            for (const known_key& each : table_keys()) known.emplace_back(each.name);
            refuse("unknown key " + full + meant(key, known), node);
        }
    }
    return out;
}

ratio part_of(const toml::node& node, const std::string& key) {
    const result<ratio> part = parse_ratio(text_of(node, key));
    if (!part) refuse(part.why().message, node);
    if (*part < ratio(0) || ratio(1) < *part) refuse(key + " is not between 0% and 100%", node);
    return *part;
}

/// Weights of the ratings, all four; or of statuses.
void read_weights(const toml::table& t, mapping& out) {
    std::map<rating, ratio> of_rating;
    for (const auto& [k, node] : t) {
        const std::string key(k.str());
        const ratio part = part_of(node, "weights." + key);
        const auto named =
            std::find_if(ratings.begin(), ratings.end(), [&key](rating r) { return key == to_string(r); });
        if (named != ratings.end()) of_rating[*named] = part;
        out.status_weights[key] = part;
    }
    if (of_rating.empty() || (of_rating.size() == 1 && of_rating.count(rating::unidentified) != 0)) return;
    for (rating r : ratings)
        if (of_rating.count(r) == 0) refuse("weights." + std::string(to_string(r)) + " is missing", t);
    out.weights = risk_weights{of_rating[rating::red], of_rating[rating::amber], of_rating[rating::green],
                               of_rating[rating::unidentified]};
    if (out.status_weights.size() > ratings.size()) refuse("weights are of ratings or of statuses, not of both", t);
    out.status_weights.clear();
}

std::vector<std::string> words_from(const std::string& meaning, const toml::node& n) {
    const std::string full = "words." + meaning;
    if (!words::term_named(meaning)) {
        std::string known;
        for (const std::string_view name : words::term_names())
            known += (known.empty() ? "" : ", ") + std::string(name);
        refuse(full + ": no such meaning; write one of " + known, n);
    }
    const toml::array* array = n.as_array();
    if (array == nullptr) return {text_of(n, full)};
    std::vector<std::string> out;
    for (const toml::node& word : *array) out.push_back(text_of(word, full));
    return out;
}

mapping mapping_of(const toml::table& document) {
    mapping out;
    for (const auto& [k, node] : document) {
        const std::string key(k.str());
        const toml::table* t = node.as_table();
        const auto& tables = table_sections();
        const auto table =
            std::find_if(tables.begin(), tables.end(), [&key](const known_section& s) { return key == s.name; });
        std::vector<std::string> known;
        for (const known_section& s : tables) known.emplace_back(s.name);
        for (const known_key& s : value_sections()) known.emplace_back(s.name);
        if (std::find(known.begin(), known.end(), key) == known.end())
            refuse((t == nullptr ? "unknown key " : "unknown section ") + key + meant(key, known), node);
        if (t == nullptr) refuse(key + " is a section: write [" + key + "]", node);
        if (table != tables.end()) {
            out.tables[key] = table_of(*t, *table);
        } else if (key == "organisations") {
            for (const auto& [typed, code] : *t) out.organisations[std::string(typed.str())] = text_of(code, key);
        } else if (key == "weights") {
            read_weights(*t, out);
        } else if (key == "ratings") {
            for (const auto& [typed, meaning] : *t) {
                const result<rating> r = parse_rating(text_of(meaning, key));
                if (!r) refuse(r.why().message, meaning);
                out.ratings[std::string(typed.str())] = *r;
            }
        } else if (key == "words") {
            for (const auto& [meaning, phrases] : *t)
                out.words[std::string(meaning.str())] = words_from(std::string(meaning.str()), phrases);
        } else {
            for (const auto& [typed, meaning] : *t)
                out.likelihoods[riskshare::detail::folded(std::string(typed.str()))] = part_of(meaning, key);
        }
    }
    return out;
}

std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + "\"";
}

std::string row_numbers(const std::vector<std::uint32_t>& rows) {
    std::string out;
    for (std::uint32_t r : rows) out += (out.empty() ? "" : ", ") + std::to_string(r);
    return "[" + out + "]";
}

} // namespace

result<mapping> parse_mapping(const std::string& text, const std::string& name) {
    try {
        return mapping_of(toml::parse(text, name));
    } catch (const toml::parse_error& e) {
        return failure{"mapping.malformed",
                       name + " line " + std::to_string(e.source().begin.line) + ": " + std::string(e.description())};
    } catch (const riskshare::detail::toml_fault& e) {
        return failure{"mapping.malformed", name + " line " + std::to_string(e.line) + ": " + e.message};
    }
}

std::string mapping_help() {
    std::ostringstream out;
    out << "A mapping file says what headings do not settle. It is TOML; every part may be left out.\n\n"
           "Sections that place a table:\n";
    for (const known_section& s : table_sections()) {
        out << "  [" << s.name << "]  " << s.what << "\n      " << s.example << "\n";
        if (!s.columns.empty()) {
            std::string line;
            for (const char* c : s.columns) {
                if (line.size() + std::string(c).size() > 68) out << "      " << line << "\n", line.clear();
                line += (line.empty() ? "" : " ") + std::string(c);
            }
            out << "      " << line << "\n";
        }
    }
    out << "Each of them takes:\n";
    for (const known_key& k : table_keys()) out << "  " << k.example << "\n      " << k.what << "\n";
    out << "Sections of values:\n";
    for (const known_key& k : value_sections())
        out << "  [" << k.name << "]\n  " << k.example << "\n      " << k.what << "\n";
    return out.str();
}

std::string to_toml(const mapping& m) {
    std::ostringstream out;
    for (const auto& [name, t] : m.tables) {
        out << "[" << name << "]\n";
        if (!t.sheet.empty()) out << "sheet = " << quoted(t.sheet) << "\n";
        if (t.heading_row) out << "heading_row = " << *t.heading_row << "\n";
        if (t.last_row) out << "last_row = " << *t.last_row << "\n";
        if (t.unit) out << "unit = " << quoted(to_string(*t.unit)) << "\n";
        if (!t.total_rows.empty()) out << "total_rows = " << row_numbers(t.total_rows) << "\n";
        if (!t.ignored_rows.empty()) out << "ignored_rows = " << row_numbers(t.ignored_rows) << "\n";
        if (!t.blocks.empty()) {
            std::string blocks;
            for (const auto& [kind, heading] : t.blocks)
                blocks += (blocks.empty() ? "" : ", ") + kind + " = " + quoted(heading);
            out << "blocks = { " << blocks << " }\n";
        }
        if (!t.columns.empty()) {
            std::string columns;
            for (const auto& [field, column] : t.columns)
                columns += (columns.empty() ? "" : ", ") + field + " = " + quoted(column_letters(column));
            out << "columns = { " << columns << " }\n";
        }
        out << "\n";
    }
    if (!m.organisations.empty()) {
        out << "[organisations]\n";
        for (const auto& [typed, code] : m.organisations) out << quoted(typed) << " = " << quoted(code) << "\n";
        out << "\n";
    }
    if (!m.ratings.empty()) {
        out << "[ratings]\n";
        for (const auto& [typed, r] : m.ratings) out << quoted(typed) << " = " << quoted(to_string(r)) << "\n";
        out << "\n";
    }
    if (!m.likelihoods.empty()) {
        out << "[likelihoods]\n";
        for (const auto& [typed, r] : m.likelihoods) out << quoted(typed) << " = " << quoted(to_percent(r)) << "\n";
        out << "\n";
    }
    if (!m.words.empty()) {
        out << "[words]\n";
        for (const auto& [meaning, phrases] : m.words) {
            std::string list;
            for (const std::string& p : phrases) list += (list.empty() ? "" : ", ") + quoted(p);
            out << quoted(meaning) << " = [" << list << "]\n";
        }
        out << "\n";
    }
    if (!m.status_weights.empty()) {
        out << "[weights]\n";
        for (const auto& [name, w] : m.status_weights) out << quoted(name) << " = " << quoted(to_percent(w)) << "\n";
    }
    if (m.weights) {
        out << "[weights]\n";
        for (rating r : ratings) out << to_string(r) << " = " << quoted(to_percent(m.weights->of(r))) << "\n";
    }
    return out.str();
}

} // namespace riskshare::templates
