#include "csv.hpp"

namespace riskshare::answers {

std::vector<std::string> csv_fields(const std::string& line) {
    std::vector<std::string> out(1);
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (quoted && c == '"' && i + 1 < line.size() && line[i + 1] == '"')
            out.back() += line[++i];
        else if (c == '"')
            quoted = !quoted;
        else if (c == ',' && !quoted)
            out.emplace_back();
        else if (c != '\r')
            out.back() += c;
    }
    return out;
}

std::string in_utf8(const std::string& text) {
    std::string out;
    for (std::size_t i = text.rfind("\xEF\xBB\xBF", 0) == 0 ? 3 : 0; i < text.size(); ++i) {
        if (text[i] == '\xA3' && (i == 0 || static_cast<unsigned char>(text[i - 1]) < 0x80)) out += '\xC2';
        out += text[i];
    }
    return out;
}

} // namespace riskshare::answers
