// Which cell of which sheet of which file a figure came from.
#ifndef RISKSHARE_PROVENANCE_HPP
#define RISKSHARE_PROVENANCE_HPP

#include <cstdint>
#include <memory>
#include <string>

namespace riskshare {

/// The place of one figure. Cheap to copy: figures of one sheet share its names.
class provenance {
public:
    /// From nowhere: a figure given by hand or by a program.
    provenance() = default;

    /// \param row,column counted from 1; 0 in both means the sheet as a whole.
    provenance(std::string file, std::string sheet, std::uint32_t row = 0, std::uint32_t column = 0)
        : source_(std::make_shared<const source>(source{std::move(file), std::move(sheet)})), row_(row),
          column_(column) {}

    bool known() const noexcept { return source_ != nullptr; }
    const std::string& file() const noexcept { return known() ? source_->file : nowhere(); }
    const std::string& sheet() const noexcept { return known() ? source_->sheet : nowhere(); }
    std::uint32_t row() const noexcept { return row_; }
    std::uint32_t column() const noexcept { return column_; }

    /// Another cell of the same sheet.
    provenance at(std::uint32_t row, std::uint32_t column) const {
        provenance other = *this;
        other.row_ = row;
        other.column_ = column;
        return other;
    }

    /// "H17"; empty when the place is a whole sheet or unknown.
    std::string cell() const;

    friend bool operator==(const provenance& a, const provenance& b) {
        return a.row_ == b.row_ && a.column_ == b.column_ && a.file() == b.file() && a.sheet() == b.sheet();
    }

private:
    struct source {
        std::string file, sheet;
    };
    static const std::string& nowhere() {
        static const std::string empty;
        return empty;
    }

    std::shared_ptr<const source> source_;
    std::uint32_t row_ = 0, column_ = 0;
};

/// As a person at the keyboard would point at it: plan.xlsx 'CIP tracker'!H17
std::string to_string(const provenance&);

/// "A" for 1, "XFD" for 16384.
std::string column_letters(std::uint32_t column);

// ---------------------------------------------------------------------------------------------------------------------

inline std::string column_letters(std::uint32_t column) {
    std::string letters;
    for (; column > 0; column = (column - 1) / 26) letters.insert(letters.begin(), char('A' + (column - 1) % 26));
    return letters;
}

inline std::string provenance::cell() const { return row_ == 0 ? "" : column_letters(column_) + std::to_string(row_); }

inline std::string to_string(const provenance& place) {
    std::string text = place.file();
    if (!place.sheet().empty()) text += (text.empty() ? "'" : " '") + place.sheet() + "'";
    if (place.row() != 0) text += (place.sheet().empty() ? " " : "!") + place.cell();
    return text;
}

} // namespace riskshare

#endif
