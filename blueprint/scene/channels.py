"""What documents call their channels, in English and Chinese, and the icon for each."""

from __future__ import annotations

ALIASES: dict[str, tuple[str, ...]] = {
    "bot": ("chatbot", "bot", "voicebot", "ai assistant", "机器人", "智能客服"),
    "messenger": (
        "wechat", "weixin", "whatsapp", "messenger", "line", "telegram", "wecom", "微信", "企微",
        "钉钉", "小程序", "公众号",
    ),
    "video": ("video", "videocall", "zoom", "teams", "webinar", "livestream", "视频", "直播"),
    "sms": ("sms", "text message", "push", "notification", "短信", "推送", "通知"),
    "email": ("email", "e-mail", "e mail", "newsletter", "邮件", "邮箱", "电邮"),
    "chat": ("chat", "live chat", "livechat", "instant message", "im", "在线客服", "聊天", "即时"),
    "headset": (
        "call centre", "call center", "contact centre", "contact center", "helpdesk", "help desk",
        "hotline", "客服", "热线", "呼叫中心",
    ),
    "phone": ("phone", "telephone", "call", "voice", "ivr", "电话", "语音", "来电"),
    "app": ("app", "mobile", "mobile app", "smartphone", "tablet", "手机", "应用", "移动端"),
    "search": ("search", "google", "seo", "search engine", "搜索", "百度"),
    "advert": (
        "ad", "ads", "advert", "advertising", "advertisement", "campaign", "tv", "radio",
        "billboard", "广告", "宣传",
    ),
    "social": (
        "social", "social media", "weibo", "facebook", "instagram", "tiktok", "review site",
        "review", "community", "forum", "微博", "抖音", "小红书", "社交", "社区", "评价", "朋友圈",
    ),
    "kiosk": (
        "kiosk", "terminal", "self-service", "self service", "atm", "machine", "locker", "till",
        "pos", "自助", "终端", "取款机", "快递柜", "收银",
    ),
    "web": (
        "web", "website", "site", "online", "portal", "browser", "shop online", "webshop",
        "e-commerce", "desktop", "dashboard", "网站", "网页", "官网", "网店", "网上", "线上", "电商",
        "电脑",
    ),
    "card": ("card", "bank card", "payment", "checkout", "银行卡", "支付", "付款"),
    "delivery": (
        "delivery", "courier", "truck", "van", "shipping", "logistics", "driver", "配送", "快递",
        "物流", "送货", "司机",
    ),
    "parcel": ("parcel", "package", "packaging", "box", "product", "包裹", "包装", "产品", "商品"),
    "plane": ("plane", "flight", "airport", "air", "飞机", "航班", "机场"),
    "train": ("train", "rail", "station", "metro", "bus", "火车", "高铁", "地铁", "公交"),
    "car": (
        "car", "taxi", "ride", "drive", "transport", "vehicle", "汽车", "出租车", "打车", "车辆",
        "交通",
    ),
    "counter": (
        "counter", "reception", "front desk", "desk", "lobby", "concierge", "check-in", "前台",
        "柜台", "大堂", "窗口", "礼宾",
    ),
    "restaurant": (
        "restaurant", "table", "dining", "dining room", "kitchen", "bar", "餐厅", "餐桌", "用餐",
        "堂食",
    ),
    "room": ("room", "guest room", "suite", "hotel", "ward", "客房", "房间", "酒店", "病房"),
    "store": (
        "store", "shop", "branch", "outlet", "showroom", "in-store", "retail", "office", "workshop",
        "门店", "店", "网点", "分行", "支行", "营业厅", "商场", "办公室",
    ),
    "home": (
        "home", "on-site", "on site", "onsite", "site visit", "house", "上门", "家中", "家里",
        "现场",
    ),
    "person": (
        "person", "in person", "in-person", "face to face", "face-to-face", "meeting", "staff",
        "agent", "visit", "workshop", "interview", "面对面", "当面", "面谈", "面试", "人工", "员工",
        "会议", "线下",
    ),
    "letter": ("letter", "mail", "post", "postal", "信件", "信函", "邮寄", "邮局", "邮政"),
    "document": (
        "document", "paper", "form", "contract", "invoice", "pdf", "report", "print", "brochure",
        "leaflet", "文件", "合同", "发票", "表格", "账单", "单据", "手册",
    ),
}  # fmt: skip
"""Icon to words; more telling icons come first, since a phrase takes the first whose word it contains."""
