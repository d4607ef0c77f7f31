#include <riskshare/template/mapping.hpp>

#include "template/words/vocabulary.hpp"

#include <riskshare/workbook/cell.hpp>

#include <toml++/toml.h>

#include <sstream>

namespace riskshare::templates {

namespace {

struct malformed {
    std::string message;
    std::uint32_t line;
};

[[noreturn]] void refuse(const std::string& message, const toml::node& at) {
    throw malformed{message, at.source().begin.line};
}

std::string text_of(const toml::node& n, const std::string& key) {
    const std::optional<std::string> s = n.value<std::string>();
    if (!s || !n.is_string()) refuse(key + " must be a text in quotes", n);
    return *s;
}

std::uint32_t number_of(const toml::node& n, const std::string& key) {
    const std::optional<std::int64_t> i = n.value<std::int64_t>();
    if (!n.is_integer() || !i || *i < 1 || *i > workbook::last_row) refuse(key + " must be a row number", n);
    return static_cast<std::uint32_t>(*i);
}

std::uint32_t column_of(const toml::node& n, const std::string& key) {
    const std::string letters = text_of(n, key);
    const result<workbook::address> a = workbook::parse_address(letters + "1");
    if (!a) refuse(key + ": \"" + letters + "\" is no column; write its letters, such as \"C\"", n);
    return a->column;
}

std::vector<std::uint32_t> rows_of(const toml::node& n, const std::string& key) {
    const toml::array* array = n.as_array();
    if (array == nullptr) refuse(key + " must be a list of row numbers", n);
    std::vector<std::uint32_t> out;
    for (const toml::node& row : *array) out.push_back(number_of(row, key));
    return out;
}

table_mapping table_of(const toml::table& t, const std::string& name) {
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
            if (!out.unit) refuse(full + ": \"" + written + "\" is no unit; write £, £000 or £m", node);
        } else if (key == "columns") {
            const toml::table* columns = node.as_table();
            if (columns == nullptr) refuse(full + " must be a table such as { red = \"C\" }", node);
            for (const auto& [field, column] : *columns)
                out.columns[std::string(field.str())] = column_of(column, full + "." + std::string(field.str()));
        } else if (key == "blocks") {
            const toml::table* blocks = node.as_table();
            if (blocks == nullptr) refuse(full + " must be a table such as { plan = \"Revised plan\" }", node);
            for (const auto& [kind, heading] : *blocks) {
                const std::string of(kind.str());
                if (of != "plan" && of != "actual" && of != "forecast")
                    refuse(full + "." + of + ": a block is plan, actual or forecast", heading);
                out.blocks[of] = text_of(heading, full + "." + of);
            }
        } else {
            refuse("unknown key " + full, node);
        }
    }
    return out;
}

risk_weights weights_from(const toml::table& t) {
    risk_weights out;
    for (rating r : ratings) {
        const toml::node* node = t.get(to_string(r));
        if (node == nullptr) refuse("weights." + std::string(to_string(r)) + " is missing", t);
        const result<ratio> weight = parse_ratio(text_of(*node, std::string("weights.") + to_string(r)));
        if (!weight) refuse(weight.why().message, *node);
        (r == rating::red     ? out.red
         : r == rating::amber ? out.amber
         : r == rating::green ? out.green
                              : out.unidentified) = *weight;
    }
    const result<risk_weights> sound = checked(out);
    if (!sound) refuse(sound.why().message, t);
    return out;
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
        if (t == nullptr) refuse("unknown key " + key, node);
        if (key == "organisations") {
            for (const auto& [typed, code] : *t) out.organisations[std::string(typed.str())] = text_of(code, key);
        } else if (key == "weights") {
            out.weights = weights_from(*t);
        } else if (key == "ratings") {
            for (const auto& [typed, meaning] : *t) {
                const result<rating> r = parse_rating(text_of(meaning, key));
                if (!r) refuse(r.why().message, meaning);
                out.ratings[std::string(typed.str())] = *r;
            }
        } else if (key == "likelihoods") {
            for (const auto& [typed, meaning] : *t) {
                const result<ratio> r = parse_ratio(text_of(meaning, key));
                if (!r) refuse(r.why().message, meaning);
                if (*r < ratio(0) || ratio(1) < *r) refuse("a likelihood is from 0% to 100%", meaning);
                out.likelihoods[riskshare::detail::folded(std::string(typed.str()))] = *r;
            }
        } else if (key == "words") {
            for (const auto& [meaning, phrases] : *t)
                out.words[std::string(meaning.str())] = words_from(std::string(meaning.str()), phrases);
        } else {
            out.tables[key] = table_of(*t, key);
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
    } catch (const malformed& e) {
        return failure{"mapping.malformed", name + " line " + std::to_string(e.line) + ": " + e.message};
    }
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
    if (m.weights) {
        out << "[weights]\n";
        for (rating r : ratings) out << to_string(r) << " = " << quoted(to_percent(m.weights->of(r))) << "\n";
    }
    return out.str();
}

} // namespace riskshare::templates
