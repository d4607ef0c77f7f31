#include "workbook/detail/splice.hpp"

#include "workbook/detail/xml_text.hpp"

#include <algorithm>
#include <cstring>

namespace riskshare::workbook::detail {

std::vector<const splices::one*> splices::in_order() const {
    std::vector<const one*> sorted;
    for (const one& s : all_) sorted.push_back(&s);
    // What is inserted before a stretch comes before what replaces it.
    std::stable_sort(sorted.begin(), sorted.end(), [](const one* a, const one* b) {
        return a->at.begin != b->at.begin ? a->at.begin < b->at.begin : a->at.end < b->at.end;
    });
    for (std::size_t i = 1; i < sorted.size(); ++i)
        if (sorted[i]->at.begin < sorted[i - 1]->at.end) throw precondition_violated("two splices overlap");
    return sorted;
}

std::string splices::applied_to(std::string_view text) const {
    std::string out(text);
    apply_to(out);
    return out;
}

void splices::apply_to(std::string& text) const {
    struct piece {
        std::size_t from, to, size; ///< between two splices: where it stands and where it goes
    };
    const std::vector<const one*> sorted = in_order();
    std::vector<piece> pieces;
    std::size_t read = 0, written = 0;
    for (const one* s : sorted) {
        pieces.push_back({read, written, s->at.begin - read});
        written += pieces.back().size + s->with.size();
        read = s->at.end;
    }
    pieces.push_back({read, written, text.size() - read});
    const std::size_t size = written + pieces.back().size;
    text.resize(std::max(size, text.size()));
    // Those that go right from the last to the first, then those that go left from the first to the last: so none
    // lands on one that has yet to move.
    for (auto p = pieces.rbegin(); p != pieces.rend(); ++p)
        if (p->to > p->from) std::memmove(text.data() + p->to, text.data() + p->from, p->size);
    for (const piece& p : pieces)
        if (p.to < p.from) std::memmove(text.data() + p.to, text.data() + p.from, p.size);
    for (std::size_t i = 0; i < sorted.size(); ++i)
        sorted[i]->with.copy(text.data() + pieces[i].to + pieces[i].size, std::string::npos);
    text.resize(size);
}

std::string with_attribute(std::string_view attributes, std::string_view name, std::string_view value) {
    if (const auto old = raw_attribute(attributes, name)) {
        const span at = span_of(attributes, *old);
        // Between double quotes whatever stood there: the value may hold an apostrophe.
        return std::string(attributes.substr(0, at.begin - 1)) + '"' + escaped(value) + '"' +
               std::string(attributes.substr(at.end + 1));
    }
    std::size_t end = attributes.size();
    while (end > 0 && (attributes[end - 1] == ' ' || attributes[end - 1] == '\n' || attributes[end - 1] == '\r' ||
                       attributes[end - 1] == '\t'))
        --end;
    return std::string(attributes.substr(0, end)) + ' ' + std::string(name) + "=\"" + escaped(value) + '"' +
           std::string(attributes.substr(end));
}

std::string without_attribute(std::string_view attributes, std::string_view name) {
    const auto old = raw_attribute(attributes, name);
    if (!old) return std::string(attributes);
    const span at = span_of(attributes, *old);
    std::size_t begin = attributes.rfind(name, at.begin);
    while (begin > 0 && (attributes[begin - 1] == ' ' || attributes[begin - 1] == '\n' ||
                         attributes[begin - 1] == '\r' || attributes[begin - 1] == '\t'))
        --begin;
    return std::string(attributes.substr(0, begin)) + std::string(attributes.substr(at.end + 1));
}

} // namespace riskshare::workbook::detail
