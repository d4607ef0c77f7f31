// Comments in a workbook are two parts a sheet: the texts, and a drawing in an old markup that says where their boxes
// stand. Both are added to by text, so that what stands there keeps its bytes.
#include <riskshare/report/annotate.hpp>

#include "workbook/detail/relationships.hpp"
#include "workbook/detail/xml_scan.hpp"
#include "workbook/detail/xml_text.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <vector>

namespace riskshare::report {

namespace {

using workbook::package;
namespace parts = workbook::detail;

constexpr std::string_view relationship_types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
constexpr std::string_view spreadsheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// As XML text, without the control characters that XML cannot hold.
std::string escaped(std::string_view s) {
    std::string kept;
    for (char c : s)
        if (static_cast<unsigned char>(c) >= 0x20 || c == '\n') kept += c;
    return parts::escaped(kept);
}

/// The prefix of the root element with its colon: "" or "x:".
std::string root_prefix(const std::string& xml, const std::string& root) {
    const std::size_t at = xml.find(root);
    if (at == std::string::npos || at == 0) return "";
    const std::size_t open = xml.rfind('<', at);
    return open == std::string::npos ? "" : xml.substr(open + 1, at - open - 1);
}

/// All that is to change, part by part.
class changes {
public:
    explicit changes(const package& from) : from_(from) {}

    bool has(const std::string& part) const { return edited_.count(part) != 0 || from_.has(part); }
    std::string text(const std::string& part) const {
        const auto edited = edited_.find(part);
        return edited != edited_.end() ? edited->second : from_.read(part);
    }
    void set(const std::string& part, std::string content) { edited_[part] = std::move(content); }
    std::string fresh(const std::string& stem, const std::string& extension) const {
        for (int n = 1;; ++n) {
            const std::string name = stem + std::to_string(n) + extension;
            if (!has(name)) return name;
        }
    }
    package apply() const {
        std::vector<package::change> all;
        for (const auto& e : edited_) all.push_back({e.first, e.second});
        return from_.with(all);
    }

private:
    const package& from_;
    std::map<std::string, std::string> edited_;
};

void insert_before(std::string& xml, std::string_view end_tag, const std::string& what) {
    const std::size_t at = xml.rfind(end_tag);
    if (at == std::string::npos)
        throw input_refused("annotate.part", "a part of the workbook has no " + std::string(end_tag));
    xml.insert(at, what);
}

class sheet_annotator {
public:
    sheet_annotator(const workbook::book& book, const std::string& sheet, changes& to)
        : part_(book.part_of(sheet)), to_(to) {
        for (const parts::relationship& r : parts::relationships_of(book.source(), part_)) {
            ids_.insert(r.id);
            if (r.external || r.missing) continue;
            if (r.type == "comments") comments_ = r.target;
            if (r.type == "vmlDrawing") drawing_ = r.target;
            if (r.type == "threadedComment") conversations_ += to_.text(r.target);
        }
    }

    /// False for a sheet that cannot be added to by text.
    bool possible() const {
        const std::string xml = to_.text(part_);
        return xml.find("worksheet") != std::string::npos && xml.find('\0') == std::string::npos;
    }

    void add(const std::map<workbook::address, std::string>& texts) {
        if (!comments_) create_comments();
        if (!drawing_) create_drawing();
        std::string comments = to_.text(*comments_), drawing = to_.text(*drawing_);
        const std::string prefix = root_prefix(comments, "comments");
        open_list(comments, prefix + "authors");
        open_list(comments, prefix + "commentList");
        const std::string author = author_in(comments, prefix);
        // Everything is looked up and put in once: a sheet may have a comment in each of thousands of cells.
        std::map<std::string, std::size_t> standing = references_in(comments);
        const std::map<std::string, std::size_t> conversations = references_in(conversations_);
        std::vector<std::pair<std::size_t, std::string>> longer; // where, and what
        std::string fresh, boxes;
        for (const auto& t : texts) {
            const auto [at, text] = beside_conversation(t.first, t.second, conversations, standing);
            const std::string cell = to_string(at);
            const std::string run = "<" + prefix + "r><" + prefix + "t xml:space=\"preserve\">";
            const std::string end_of_run = "</" + prefix + "t></" + prefix + "r>";
            const auto [there, added] = standing.emplace(cell, std::string::npos);
            if (!added) {
                const std::size_t end = there->second == std::string::npos
                                            ? there->second
                                            : comments.find("</" + prefix + "text>", there->second);
                if (end != std::string::npos) longer.emplace_back(end, run + "\n" + escaped(text) + end_of_run);
                continue;
            }
            fresh += "<" + prefix + "comment ref=\"" + cell + "\" authorId=\"" + author + "\"><" + prefix + "text>" +
                     run + escaped(text) + end_of_run + "</" + prefix + "text></" + prefix + "comment>";
            boxes += box(at);
        }
        insert_before(drawing, "</xml>", boxes);
        insert_before(comments, "</" + prefix + "commentList>", fresh);
        std::sort(longer.begin(), longer.end());
        for (auto add = longer.rbegin(); add != longer.rend(); ++add) comments.insert(add->first, add->second);
        to_.set(*comments_, std::move(comments));
        to_.set(*drawing_, std::move(drawing));
    }

private:
    /// `<list/>` as `<list></list>`.
    static void open_list(std::string& xml, const std::string& name) {
        const std::size_t at = xml.find("<" + name + "/>");
        if (at != std::string::npos) xml.replace(at, name.size() + 3, "<" + name + "></" + name + ">");
    }

    /// The number of riskshare among the authors, who is added where he is not: what he says is nobody else's.
    static std::string author_in(std::string& comments, const std::string& prefix) {
        const std::string one = "<" + prefix + "author>", us = one + "riskshare</" + prefix + "author>";
        const std::size_t end = comments.find("</" + prefix + "authors>");
        if (end == std::string::npos) throw input_refused("annotate.part", "the comments of a sheet name no authors");
        std::size_t number = 0;
        for (std::size_t at = comments.find("<" + prefix + "author"); at < end;
             at = comments.find("<" + prefix + "author", at + 1)) {
            if (comments.compare(at, us.size(), us) == 0) return std::to_string(number);
            const char next = comments[at + one.size() - 1];
            number += next == '>' || next == '/' || next == ' ';
        }
        comments.insert(end, us);
        return std::to_string(number);
    }

    /// The cells that comments stand at, and where in the text.
    static std::map<std::string, std::size_t> references_in(const std::string& xml) {
        constexpr std::string_view reference = " ref=\"";
        std::map<std::string, std::size_t> out;
        for (std::size_t at = xml.find(reference); at != std::string::npos; at = xml.find(reference, at + 1)) {
            const std::size_t begin = at + reference.size(), end = std::min(xml.find('"', begin), xml.size());
            out.emplace(xml.substr(begin, end - begin), at);
        }
        return out;
    }

    /// A cell with a conversation shows that and no note: the note goes to the next cell without either.
    static std::pair<workbook::address, std::string>
    beside_conversation(workbook::address at, std::string text, const std::map<std::string, std::size_t>& conversations,
                        const std::map<std::string, std::size_t>& comments) {
        if (conversations.count(to_string(at)) == 0) return {at, std::move(text)};
        const std::string about = to_string(at);
        while (at.column < workbook::last_column &&
               (conversations.count(to_string(at)) != 0 || comments.count(to_string(at)) != 0))
            ++at.column;
        return {at, "About " + about + ", where a conversation stands. " + text};
    }

    static std::string box(workbook::address at) {
        const std::string row = std::to_string(at.row - 1), column = std::to_string(at.column - 1);
        return "<v:shape id=\"_riskshare_" + to_string(at) +
               "\" type=\"#_x0000_t202\" style=\"position:absolute;visibility:hidden\" fillcolor=\"#ffffe1\" "
               "o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/>"
               "<v:textbox><div style=\"text-align:left\"></div></v:textbox><x:ClientData ObjectType=\"Note\">"
               "<x:MoveWithCells/><x:SizeWithCells/><x:Anchor>" +
               std::to_string(at.column) + ", 15, " + row + ", 10, " + std::to_string(at.column + 4) + ", 15, " +
               std::to_string(at.row + 6) + ", 10</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>" + row +
               "</x:Row><x:Column>" + column + "</x:Column></x:ClientData></v:shape>";
    }

    std::string relate(const std::string& type, const std::string& target) {
        const std::string rels = parts::relationships_part(part_);
        std::string xml =
            to_.has(rels) ? to_.text(rels)
                          : "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships "
                            "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>";
        const std::size_t closed = xml.find("/>", xml.rfind("<Relationships"));
        if (xml.find("</Relationships>") == std::string::npos && closed != std::string::npos)
            xml.replace(closed, 2, "></Relationships>");
        std::string id;
        for (int n = 1; id.empty() || ids_.count(id) != 0; ++n) id = "rIdRiskshare" + std::to_string(n);
        ids_.insert(id);
        insert_before(xml, "</Relationships>",
                      "<Relationship Id=\"" + id + "\" Type=\"" + std::string(relationship_types) + type +
                          "\" Target=\"/" + target + "\"/>");
        to_.set(rels, std::move(xml));
        return id;
    }

    void declare(const std::string& entry, const std::string& unless) {
        const std::string part = "[Content_Types].xml";
        std::string xml = to_.text(part);
        if (!unless.empty() && xml.find(unless) != std::string::npos) return;
        if (xml.find("</Types>") == std::string::npos)
            throw input_refused("annotate.part", "the list of content types is odd");
        // Defaults stand before overrides in what most programs write; any order is allowed.
        insert_before(xml, "</Types>", entry);
        to_.set(part, std::move(xml));
    }

    void create_comments() {
        comments_ = to_.fresh("xl/comments_riskshare", ".xml");
        to_.set(*comments_,
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<comments xmlns=\"" +
                    std::string(spreadsheet) +
                    "\"><authors><author>riskshare</author></authors><commentList></commentList></comments>");
        relate("comments", *comments_);
        declare("<Override PartName=\"/" + *comments_ +
                    "\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml\"/>",
                "");
    }

    void create_drawing() {
        drawing_ = to_.fresh("xl/drawings/vmlDrawing_riskshare", ".vml");
        to_.set(
            *drawing_,
            "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" "
            "xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" "
            "data=\"1\"/></o:shapelayout><v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" "
            "path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" "
            "o:connecttype=\"rect\"/></v:shapetype></xml>");
        const std::string id = relate("vmlDrawing", *drawing_);
        declare("<Default Extension=\"vml\" ContentType=\"application/vnd.openxmlformats-officedocument.vmlDrawing\"/>",
                "Extension=\"vml\"");
        std::string xml = to_.text(part_);
        const std::string prefix = root_prefix(xml, "worksheet");
        const std::string element =
            "<" + prefix +
            "legacyDrawing xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" r:id=\"" +
            id + "\"/>";
        const std::size_t at = place_late(xml, prefix);
        xml.insert(at, element);
        to_.set(part_, std::move(xml));
    }

    /// Before the first element of the sheet that must follow one of this kind.
    std::size_t place_late(const std::string& xml, const std::string& prefix) const {
        std::size_t at = xml.find("<" + prefix + "sheetData");
        while (at < xml.size()) {
            if (xml[at] != '<') {
                ++at;
            } else if (xml[at + 1] == '!' || xml[at + 1] == '?') {
                at = parts::past_markup(xml, at, part_);
            } else {
                const parts::xml_tag tag = parts::tag_at(xml, at, part_);
                const std::size_t end = tag.closing ? at : parts::past_element(xml, tag, part_);
                const std::string_view all = std::string_view(xml).substr(at, end - at);
                const bool wrapped = tag.name.find("AlternateContent") != std::string_view::npos;
                if (tag.closing || (wrapped && (all.find("oleObject") != std::string_view::npos ||
                                                all.find("control") != std::string_view::npos)))
                    return at;
                for (const char* later : {"legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls",
                                          "webPublishItems", "tableParts", "extLst"})
                    if (tag.name == prefix + later) return at;
                at = end;
            }
        }
        throw input_refused("annotate.part", "a sheet does not end as a sheet does");
    }

    std::string part_;
    changes& to_;
    std::set<std::string> ids_;
    std::optional<std::string> comments_, drawing_;
    std::string conversations_; ///< the parts that hold them
};

std::string comment_of(const finding& f) {
    std::string text = "riskshare, " + std::string(to_string(f.severity)) + ": " + f.message;
    if (!f.advice.empty()) text += "\n" + f.advice;
    return text + " [" + f.rule + "]";
}

} // namespace

annotated annotate(const workbook::book& book, const std::vector<finding>& findings) {
    std::map<std::string, std::map<workbook::address, std::string>> by_sheet;
    for (const finding& f : findings)
        for (const provenance& p : f.at) {
            if (p.file() != book.source().name() || p.row() == 0 || !book.has(p.sheet())) continue;
            std::string& text = by_sheet[p.sheet()][{p.row(), p.column()}];
            text += (text.empty() ? "" : "\n\n") + comment_of(f);
            break;
        }
    changes to(book.source());
    std::size_t comments = 0;
    for (const std::string& name : book.sheet_names()) {
        const auto texts = by_sheet.find(name);
        if (texts == by_sheet.end()) continue;
        sheet_annotator sheet(book, name, to);
        if (!sheet.possible()) continue;
        sheet.add(texts->second);
        comments += texts->second.size();
    }
    return {to.apply(), comments};
}

} // namespace riskshare::report
