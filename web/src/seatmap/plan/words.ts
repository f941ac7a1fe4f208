// The map's own words. Kept here, because the map is a chunk of its own and imports nothing of ours;
// the type makes a missing word an error.

export type Locale = "ko" | "en" | "ja";

export type Words = {
  groundFloor: string;
  floor: (floor: string) => string;
  section: (floor: string, label: string) => string;
  row: (label: string) => string;
  seat: (number: string) => string;
  joint: string;
  won: (digits: string) => string;
  grade: (name: string) => string;
  wheelchair: string;
  restricted: string;
  status: { free: string; mine: string; held: string; sold: string };
  none: string;
  left: (digits: string) => string;
  remaining: string;
  seats: (digits: string) => string;
  stage: string;
  map: string;
  sections: string;
  legend: string;
  chooseFromList: string;
  closeList: string;
  allSections: string;
  rows: string;
  pickSection: string;
  pickRow: string;
  pickSeat: string;
  zoomIn: string;
  zoomOut: string;
  whole: string;
  seen: (seconds: string) => string;
  seenNow: string;
  tapSection: string;
  keys: string;
  sectionKeys: string;
  all: string;
  shown: (title: string, free: string, of: string) => string;
  marked: (number: number, seat: string, what: string) => string;
};

export const WORDS: Record<Locale, Words> = {
  ko: {
    groundFloor: "플로어",
    floor: (floor) => `${floor}층`,
    section: (floor, label) => `${floor} ${label}구역`,
    row: (label) => `${label}열`,
    seat: (number) => `${number}번`,
    joint: " ",
    won: (digits) => `${digits}원`,
    grade: (name) => (name.endsWith("석") ? name : `${name}석`),
    wheelchair: "휠체어석",
    restricted: "시야제한석",
    status: { free: "선택 가능", mine: "선택함", held: "다른 사람이 선점", sold: "판매 완료" },
    none: "남은 좌석 없음",
    left: (digits) => `남은 좌석 ${digits}석`,
    remaining: "남은 좌석",
    seats: (digits) => `${digits}석`,
    stage: "무대",
    map: "좌석 배치도",
    sections: "구역",
    legend: "좌석 등급",
    chooseFromList: "목록에서 고르기",
    closeList: "목록 닫기",
    allSections: "구역 목록",
    rows: "열",
    pickSection: "구역을 고르세요",
    pickRow: "열을 고르세요",
    pickSeat: "좌석을 고르세요",
    zoomIn: "확대",
    zoomOut: "축소",
    whole: "전체 보기",
    seen: (seconds) => `${seconds}초 전 좌석`,
    seenNow: "방금 본 좌석",
    tapSection: "구역을 고르세요",
    keys: "화살표로 움직이고 Enter로 골라요. N은 다음 빈자리, Escape는 구역으로 돌아가기",
    sectionKeys: "화살표로 구역을 옮기고 Enter로 들어가요",
    all: "전체",
    shown: (title, free, of) => `${title} 배치도, ${of}석 가운데 ${free}석이 남음`,
    marked: (number, seat, what) => `${number}: ${seat}, ${what}`,
  },
  en: {
    groundFloor: "Floor",
    floor: (floor) => `Level ${floor}`,
    section: (floor, label) => `${floor} ${label}`,
    row: (label) => `row ${label}`,
    seat: (number) => `seat ${number}`,
    joint: ", ",
    won: (digits) => `₩${digits}`,
    grade: (name) => name,
    wheelchair: "wheelchair place",
    restricted: "restricted view",
    status: { free: "available", mine: "chosen", held: "held by someone else", sold: "sold" },
    none: "no seats left",
    left: (digits) => `${digits} left`,
    remaining: "Remaining:",
    seats: (digits) => digits,
    stage: "STAGE",
    map: "Seat map",
    sections: "Sections",
    legend: "Grades",
    chooseFromList: "Choose from a list",
    closeList: "Close the list",
    allSections: "All sections",
    rows: "Rows",
    pickSection: "Choose a section",
    pickRow: "Choose a row",
    pickSeat: "Choose a seat",
    zoomIn: "Zoom in",
    zoomOut: "Zoom out",
    whole: "Whole hall",
    seen: (seconds) => `Seen ${seconds} s ago`,
    seenNow: "Seen just now",
    tapSection: "Choose a section",
    keys: "Arrow keys move, Enter chooses, N goes to the next free seat, Escape goes back to sections",
    sectionKeys: "Arrow keys move between sections, Enter goes in",
    all: "All",
    shown: (title, free, of) => `Plan of ${title}, ${free} of ${of} seats left`,
    marked: (number, seat, what) => `${number}: ${seat}, ${what}`,
  },
  ja: {
    groundFloor: "フロア",
    floor: (floor) => `${floor}階`,
    section: (floor, label) => `${floor} ${label}ブロック`,
    row: (label) => `${label}列`,
    seat: (number) => `${number}番`,
    joint: " ",
    won: (digits) => `${digits}ウォン`,
    grade: (name) => `${name}席`,
    wheelchair: "車いす席",
    restricted: "見切れ席",
    status: { free: "選択できます", mine: "選択中", held: "他の人が確保中", sold: "販売済み" },
    none: "残席なし",
    left: (digits) => `残り${digits}席`,
    remaining: "残席",
    seats: (digits) => `${digits}席`,
    stage: "ステージ",
    map: "座席図",
    sections: "ブロック",
    legend: "席種",
    chooseFromList: "リストから選ぶ",
    closeList: "リストを閉じる",
    allSections: "ブロック一覧",
    rows: "列",
    pickSection: "ブロックを選んでください",
    pickRow: "列を選んでください",
    pickSeat: "座席を選んでください",
    zoomIn: "拡大",
    zoomOut: "縮小",
    whole: "全体表示",
    seen: (seconds) => `${seconds}秒前の座席`,
    seenNow: "いまの座席",
    tapSection: "ブロックを選択",
    keys: "矢印キーで移動、Enterで選択、Nで次の空席、Escapeでブロックに戻る",
    sectionKeys: "矢印キーでブロックを移動、Enterで入る",
    all: "すべて",
    shown: (title, free, of) => `${title}の座席図、${of}席中${free}席が空席`,
    marked: (number, seat, what) => `${number}: ${seat}、${what}`,
  },
};
